//go:build ignore

package main

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"
)

type iface interface{ m() }
type impl struct{}

func (impl) m() {}

func text(what string, f func()) {
	defer func() {
		r := recover()
		err, isErr := r.(error)
		var re runtime.Error
		isRuntime := isErr && errors.As(err, &re)
		fmt.Printf("%-14s %v %v\n", what, r, isRuntime)
	}()
	f()
}

func main() {
	zero, one, neg, ten := 0, 1, -1, 10
	var (
		s      = []int{1, 2, 3}
		arr    [3]int
		nilMap map[string]int
		nilPtr *struct{ a, b int }
		nilFn  func(int) int
		ch     chan int
		any1   any = "x"
		i      iface
		sink   any
	)
	text("divide", func() { sink = one / zero })
	text("modulo", func() { sink = one % zero })
	text("divide uint8", func() { sink = uint8(one) / uint8(zero) })
	text("index", func() { sink = s[ten] })
	text("negative", func() { sink = s[neg] })
	text("index uint", func() { sink = s[uint8(200)] })
	text("array", func() { sink = arr[ten] })
	text("assign", func() { s[3+zero] = 1 })
	text("slice high", func() { sink = s[:ten] })
	text("slice low", func() { sink = s[2:one] })
	text("slice cap", func() { sink = s[0:2:ten] })
	text("slice 3", func() { sink = s[0 : 3 : 2+zero] })
	text("slice 3 low", func() { sink = s[3 : 2+zero : 3] })
	text("slice array", func() { sink = arr[ten:] })
	text("make", func() { sink = make([]int, neg) })
	text("make cap", func() { sink = make([]int, 2, one) })
	text("make chan", func() { sink = make(chan int, neg) })
	text("to array", func() { sink = [4]int(s) })
	text("nil map", func() { nilMap["a"] = 1 })
	text("nil map op", func() { nilMap["a"]++ })
	text("nil pointer", func() { sink = nilPtr.b })
	text("nil store", func() { nilPtr.a = 1 })
	text("nil func", func() { nilFn(1) })
	text("nil interface", func() { i.m() })
	text("close nil", func() { close(ch) })
	ch = make(chan int, 1)
	close(ch)
	text("close twice", func() { close(ch) })
	text("send closed", func() { ch <- 1 })
	text("assertion", func() { sink = any1.(int) })
	text("assertion nil", func() { sink = i.(impl) })
	text("missing", func() { sink = any1.(iface) })
	text("unhashable", func() { sink = map[any]int{any(s): 1} })
	text("uncomparable", func() { sink = any(s) == any(s) })
	text("shift", func() { sink = 1 << neg })
	text("nil panic", func() { panic(nil) })
	text("Repeat", func() { sink = strings.Repeat("x", neg) })
	text("WaitGroup", func() { new(sync.WaitGroup).Done() })
	text("NewTicker", func() { time.NewTicker(0) })
	text("AfterFunc", func() { strings.NewReplacer("odd") })
	text("append ok", func() { sink = append([]int(nil), nil...) })
	text("range nil", func() {
		for range []int(nil) {
			sink = "never"
		}
	})
	text("nil array ptr", func() { var p *[2]int; sink = p[:] })
	text("array ptr", func() { var p *[2]int; sink = p[one] })
	text("embedded nil", func() {
		var e struct{ *strings.Builder }
		e.WriteString("x")
	})
	fmt.Println(sink)
}

package composite

import (
	"reflect"

	"github.com/farside-go/farside/interp/internal/ops/move"
	"github.com/farside-go/farside/interp/internal/rtype"
	"github.com/farside-go/farside/interp/internal/vm"
)

// MakeChan is d = make(chan T, n), where n is an int.
func MakeChan(t *rtype.Type, d, n uintptr) vm.Op {
	rt := t.Reflect()
	plain := reflect.ChanOf(reflect.BothDir, rt.Elem())
	return func(fr *vm.Frame) {
		size := *move.At[int](fr, n)
		if size < 0 {
			sinkChan = make(chan struct{}, size) // panics
		}
		rtype.ValueAt(t, fr.At(d)).Set(reflect.MakeChan(plain, size).Convert(rt))
	}
}

var sinkChan chan struct{}

// Send is c <- v.
func Send(t *rtype.Type, c, v uintptr) vm.Op {
	elem := t.Elem()
	return func(fr *vm.Frame) { fr.Thread.Send(rtype.ValueAt(t, fr.At(c)), rtype.ValueAt(elem, fr.At(v))) }
}

// Receive is d, ok = <-c; both may be nil.
func Receive(t *rtype.Type, d, ok *uintptr, c uintptr) vm.Op {
	elem := t.Elem()
	return func(fr *vm.Frame) {
		v, more := fr.Thread.Receive(rtype.ValueAt(t, fr.At(c)))
		received(fr, elem, v, more, d, ok)
	}
}

// received stores what was received. What is in a closed Go channel is zero.
func received(fr *vm.Frame, elem *rtype.Type, v reflect.Value, more bool, d, ok *uintptr) {
	if d != nil {
		if more {
			rtype.ValueAt(elem, fr.At(*d)).Set(v)
		} else {
			rtype.Clear(elem, fr.At(*d))
		}
	}
	if ok != nil {
		*move.At[bool](fr, *ok) = more
	}
}

// Close is close(c).
func Close(t *rtype.Type, c uintptr) vm.Op {
	return func(fr *vm.Frame) { rtype.ValueAt(t, fr.At(c)).Close() }
}

// ChanLen is d = len(c), or cap(c).
func ChanLen(t *rtype.Type, capacity bool, d, c uintptr) vm.Op {
	return func(fr *vm.Frame) {
		v := rtype.ValueAt(t, fr.At(c))
		if capacity {
			*move.At[int](fr, d) = v.Cap()
		} else {
			*move.At[int](fr, d) = v.Len()
		}
	}
}

// A Case is one case of a select.
type Case struct {
	Dir   reflect.SelectDir
	Chan  *rtype.Type
	C, V  uintptr  // the Go channel, and what is sent
	D, OK *uintptr // where what is received goes
	To    *move.Label
}

// Select waits for one of the cases and jumps to it.
func Select(cases []Case) vm.Op {
	return func(fr *vm.Frame) {
		list := make([]reflect.SelectCase, len(cases))
		for i := range cases {
			c := &cases[i]
			list[i].Dir = c.Dir
			if c.Dir == reflect.SelectDefault {
				continue
			}
			list[i].Chan = rtype.ValueAt(c.Chan, fr.At(c.C))
			if c.Dir == reflect.SelectSend {
				list[i].Send = rtype.ValueAt(c.Chan.Elem(), fr.At(c.V))
			}
		}
		chosen, v, more := fr.Thread.Select(list)
		c := &cases[chosen]
		if c.Dir == reflect.SelectRecv {
			received(fr, c.Chan.Elem(), v, more, c.D, c.OK)
		}
		fr.PC = c.To.PC
	}
}

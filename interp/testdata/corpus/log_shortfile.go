//go:build ignore

package main

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"path/filepath"
	"regexp"
	"runtime"
	"sort"
	"strings"
)

// out prints what is logged, whatever this file is called.
type out struct{}

var file = regexp.MustCompile(`\w+\.go:`)

func (out) Write(b []byte) (int, error) {
	return len(b), print(file.ReplaceAllString(string(b), "x.go:"))
}

func print(text string) error {
	_, err := fmt.Print(text)
	return err
}

type printer interface {
	Println(v ...any)
	Printf(format string, v ...any)
}

type service struct {
	*log.Logger
	name string
}

type nested struct{ service }

func helper(l *log.Logger, text string) {
	l.Output(1, text)
	l.Output(2, text)
}

func recovered(f func()) {
	defer func() { log.Println("recovered:", recover()) }()
	f()
}

func main() {
	log.SetFlags(log.Lshortfile)
	log.SetOutput(out{})
	log.Print("print")
	log.Printf("%s", "printf")
	log.Println("println")
	log.SetPrefix("p: ")
	log.Println("with a prefix")
	log.SetFlags(log.Lshortfile | log.Lmsgprefix)
	log.Println("with a prefix before the text")
	log.Output(1, "output")

	l := log.New(out{}, "own ", log.Lshortfile)
	l.Println("method")
	helper(l, "helper")

	var p printer = l
	p.Println("through an interface")
	p.Printf("%d", 1)
	f := p.Println
	f("method value of an interface")
	g := l.Print
	g("method value")
	h := log.Print
	h("function value")
	e := (*log.Logger).Println
	e(l, "method expression")

	s := service{l, "s"}
	s.Println("embedded")
	p = s
	p.Println("embedded, through an interface")
	p = &nested{s}
	p.Println("embedded twice, through an interface")

	defer l.Println("deferred")
	done := make(chan bool)
	go func() {
		defer close(done)
		l.Println("goroutine")
	}()
	<-done

	list := []int{2, 1}
	sort.Slice(list, func(i, j int) bool {
		l.Println("callback")
		return list[i] < list[j]
	})
	recovered(func() { log.Panicf("panic %d", 1) })
	recovered(func() { l.Panicln("panic") })
	recovered(func() { log.Panic("panic") })

	var buf bytes.Buffer
	long := log.New(&buf, "", log.Llongfile)
	long.Print("long")
	name, rest, _ := strings.Cut(buf.String(), ":")
	fmt.Println(filepath.Ext(name), rest)

	server := &http.Server{ErrorLog: l}
	server.ErrorLog.Println("of a server")
	l.SetOutput(io.Discard)
	l.Println("nothing")
	l.SetOutput(out{})
	l.SetFlags(0)
	l.Println("no flags")
	l.SetFlags(log.Lshortfile)

	caller := runtime.Caller
	_, name, line, ok := caller(0)
	fmt.Println(filepath.Ext(name), line, ok)
}

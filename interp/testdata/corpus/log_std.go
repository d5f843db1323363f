//go:build ignore

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
	"strings"
	"sync"
)

type service struct {
	*log.Logger
	name string
}

func newService(name string, w io.Writer) *service {
	return &service{log.New(w, "["+name+"] ", log.Lmsgprefix), name}
}

func (s *service) handle(n int) (err error) {
	defer func() {
		if r := recover(); r != nil {
			s.Printf("panic: %v", r)
			err = fmt.Errorf("%s: %v", s.name, r)
		}
	}()
	s.Println("handle", n)
	if n < 0 {
		s.Panicf("negative: %d", n)
	}
	return nil
}

// A levels writer sorts lines by their first word.
type levels struct {
	mu    sync.Mutex
	lines map[string][]string
}

func (l *levels) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	level, text, _ := strings.Cut(strings.TrimSuffix(string(p), "\n"), " ")
	l.lines[level] = append(l.lines[level], text)
	return len(p), nil
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func main() {
	log.SetFlags(0)
	log.SetOutput(os.Stdout)
	log.SetPrefix("main: ")
	log.Print("a", 1, 2, "b", 3)
	log.Println("words", 1, nil)
	log.Printf("%05.1f|%-4s|%v\n", 3.14159, "x", []int{1})
	log.Output(1, "by Output")
	fmt.Println(log.Prefix(), log.Flags(), log.Default().Writer() == io.Writer(os.Stdout), log.Writer() == log.Default().Writer())

	var buf bytes.Buffer
	s := newService("svc", &buf)
	fmt.Println(s.handle(1), s.handle(-1))
	s.SetPrefix("new: ")
	s.SetFlags(0)
	s.Print("line\nwith two")
	s.Print("")
	fmt.Printf("%q\n", buf.String())

	buf.Reset()
	l := log.New(&buf, "p ", log.LstdFlags|log.Lmicroseconds|log.LUTC)
	l.Print("dated")
	l.SetFlags(log.Lshortfile)
	l.Print("placed")
	lines := strings.Split(strings.TrimSpace(buf.String()), "\n")
	fmt.Println(regexp.MustCompile(`^p \d{4}/\d\d/\d\d \d\d:\d\d:\d\d\.\d{6} dated$`).MatchString(lines[0]))
	fmt.Println(regexp.MustCompile(`^p \w+\.go:\d+: placed$`).MatchString(lines[1]), len(lines))

	lv := &levels{lines: map[string][]string{}}
	log.SetOutput(lv)
	log.SetPrefix("")
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() { log.Printf("%s message", []string{"info", "warn"}[i%2]) })
	}
	wg.Wait()
	fmt.Println(lv.lines)
	for _, f := range []func(){
		func() { log.Panic("a", 1) },
		func() { log.Panicln("b", 2) },
		func() { l.Panicf("%d", 3) },
	} {
		func() {
			defer func() {
				r := recover()
				fmt.Printf("%T %q\n", r, r)
			}()
			f()
		}()
	}
	fmt.Println(lv.lines["a1"] != nil, lv.lines["b"])
	fmt.Println(log.New(failing{}, "", 0).Output(0, "x"), log.New(io.Discard, "", 0).Output(0, "y"))
	log.SetOutput(os.Stdout)
	defer fmt.Println("never")
	log.Fatalf("fatal: %v", errors.New("the end"))
}

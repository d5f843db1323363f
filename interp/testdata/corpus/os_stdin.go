//go:build ignore

package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
)

type command struct {
	name string
	args []string
}

type shell struct {
	in   *bufio.Scanner
	out  io.Writer
	vars map[string]string
	cmds map[string]func(*shell, []string) error
}

func (s *shell) read() (c command, ok bool) {
	for s.in.Scan() {
		words := strings.Fields(os.Expand(s.in.Text(), func(k string) string { return s.vars[k] }))
		if len(words) > 0 && !strings.HasPrefix(words[0], "#") {
			return command{words[0], words[1:]}, true
		}
	}
	return
}

func (s *shell) run() (failed int) {
	for c, ok := s.read(); ok; c, ok = s.read() {
		f := s.cmds[c.name]
		if f == nil {
			fmt.Fprintf(s.out, "%s: not found\n", c.name)
			failed++
			continue
		}
		if err := f(s, c.args); err != nil {
			fmt.Fprintf(s.out, "%s: %v\n", c.name, err)
			failed++
		}
	}
	return
}

func with(text string, f func()) {
	r, w, err := os.Pipe()
	if err != nil {
		panic(err)
	}
	old := os.Stdin
	defer func() { os.Stdin = old; r.Close() }()
	os.Stdin = r
	go func() {
		defer w.Close()
		io.WriteString(w, text)
	}()
	f()
}

func capture(f func()) string {
	r, w, _ := os.Pipe()
	old := os.Stdout
	os.Stdout = w
	done := make(chan string)
	go func() {
		b, _ := io.ReadAll(r)
		done <- string(b)
	}()
	func() {
		defer func() { os.Stdout = old; w.Close() }()
		f()
	}()
	return <-done
}

func main() {
	// Nobody types anything here: standard input is at its end.
	n, err := os.Stdin.Read(make([]byte, 1))
	fmt.Println(n, err)
	var name string
	_, err = fmt.Scanln(&name)
	fmt.Println(err)

	with("ann 30\nbob x\n", func() {
		var age int
		n, err := fmt.Scan(&name, &age)
		fmt.Println(n, err, name, age)
		n, err = fmt.Scan(&name, &age)
		fmt.Println(n, err, name)
	})
	sh := &shell{out: os.Stdout, vars: map[string]string{}, cmds: map[string]func(*shell, []string) error{
		"set": func(s *shell, a []string) error {
			if len(a) != 2 {
				return fmt.Errorf("want 2 words, got %d", len(a))
			}
			s.vars[a[0]] = a[1]
			return nil
		},
		"echo": func(s *shell, a []string) error { _, err := fmt.Fprintln(s.out, strings.Join(a, " ")); return err },
	}}
	with("# comment\nset x hello\n\necho $x ${x}! $none.\nset y\nbogus 1\necho last", func() {
		sh.in = bufio.NewScanner(os.Stdin)
		fmt.Println("failed:", sh.run())
	})
	with("1\n2\n3\n", func() {
		sum, v := 0, 0
		for {
			if _, err := fmt.Scanln(&v); err != nil {
				fmt.Println(sum, err)
				return
			}
			sum += v
		}
	})
	got := capture(func() {
		fmt.Println("to the pipe")
		fmt.Fprint(os.Stdout, "and ", 1)
	})
	fmt.Printf("%q\n", got)
	with("all of it\nand more", func() {
		b, err := io.ReadAll(os.Stdin)
		fmt.Printf("%q %v\n", b, err)
	})
	out := capture(func() {
		defer func() { recover() }()
		fmt.Print("before ")
		panic("lost")
	})
	fmt.Println(out)
	info, err := os.Stdout.Stat()
	fmt.Println(info != nil, err, os.Stdout.Name() != "", os.Stderr != os.Stdout)
}

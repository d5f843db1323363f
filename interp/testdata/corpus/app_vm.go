//go:build ignore

package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

type opcode byte

const (
	push opcode = iota
	add
	sub
	mul
	dup
	swap
	over
	drop
	load
	store
	jmp
	jz
	call
	ret
	out
	halt
	opcodes
)

var names = [opcodes]string{push: "push", add: "add", sub: "sub", mul: "mul", dup: "dup", swap: "swap", over: "over", drop: "drop", load: "load", store: "store", jmp: "jmp", jz: "jz", call: "call", ret: "ret", out: "out", halt: "halt"}

func (o opcode) String() string { return names[o] }
func (o opcode) hasArg() bool {
	switch o {
	case push, load, store, jmp, jz, call:
		return true
	}
	return false
}

type instr struct {
	op  opcode
	arg int
}
type machine struct {
	code  []instr
	stack []int
	calls []int
	mem   [8]int
	pc    int
	steps int
	out   []string
}

var (
	errUnderflow = errors.New("stack underflow")
	errSteps     = errors.New("too many steps")
)

type fault struct {
	pc  int
	op  opcode
	err error
}

func (f *fault) Error() string { return fmt.Sprintf("pc %d (%v): %v", f.pc, f.op, f.err) }
func (f *fault) Unwrap() error { return f.err }

func (m *machine) pop() (v int) {
	if len(m.stack) == 0 {
		panic(errUnderflow)
	}
	v, m.stack = m.stack[len(m.stack)-1], m.stack[:len(m.stack)-1]
	return
}
func (m *machine) push(vs ...int) { m.stack = append(m.stack, vs...) }
func (m *machine) binary(f func(a, b int) int) {
	b, a := m.pop(), m.pop()
	m.push(f(a, b))
}

var table = [opcodes]func(*machine, int){
	push:  func(m *machine, n int) { m.push(n) },
	add:   func(m *machine, _ int) { m.binary(func(a, b int) int { return a + b }) },
	sub:   func(m *machine, _ int) { m.binary(func(a, b int) int { return a - b }) },
	mul:   func(m *machine, _ int) { m.binary(func(a, b int) int { return a * b }) },
	dup:   func(m *machine, _ int) { v := m.pop(); m.push(v, v) },
	swap:  func(m *machine, _ int) { b, a := m.pop(), m.pop(); m.push(b, a) },
	over:  func(m *machine, _ int) { b, a := m.pop(), m.pop(); m.push(a, b, a) },
	drop:  func(m *machine, _ int) { m.pop() },
	load:  func(m *machine, n int) { m.push(m.mem[n]) },
	store: func(m *machine, n int) { m.mem[n] = m.pop() },
	jmp:   func(m *machine, n int) { m.pc = n },
	jz: func(m *machine, n int) {
		if m.pop() == 0 {
			m.pc = n
		}
	},
	call: func(m *machine, n int) { m.calls = append(m.calls, m.pc); m.pc = n },
	ret: func(m *machine, _ int) {
		last := len(m.calls) - 1
		m.pc = m.calls[last]
		m.calls = m.calls[:last]
	},
	out:  func(m *machine, _ int) { m.out = append(m.out, strconv.Itoa(m.pop())) },
	halt: func(m *machine, _ int) { m.pc = len(m.code) },
}

func (m *machine) run(limit int) (err error) {
	var at int
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(error)
			if !ok {
				panic(r)
			}
			err = &fault{at, m.code[at].op, e}
		}
	}()
	for m.pc < len(m.code) {
		if m.steps++; m.steps > limit {
			return errSteps
		}
		at = m.pc
		in := m.code[at]
		m.pc++
		table[in.op](m, in.arg)
	}
	return nil
}

func assemble(src string) (code []instr, err error) {
	labels, fixups := map[string]int{}, map[int]string{}
	for n, line := range strings.Split(src, "\n") {
		line, _, _ = strings.Cut(line, ";")
		words := strings.Fields(line)
		for i := 0; i < len(words); i++ {
			w := words[i]
			if l, ok := strings.CutSuffix(w, ":"); ok {
				labels[l] = len(code)
				continue
			}
			op := opcode(0)
			for op < opcodes && names[op] != w {
				op++
			}
			if op == opcodes {
				return nil, fmt.Errorf("line %d: no instruction %q", n+1, w)
			}
			in := instr{op: op}
			if op.hasArg() {
				if i++; i == len(words) {
					return nil, fmt.Errorf("line %d: %v needs an argument", n+1, op)
				}
				if in.arg, err = strconv.Atoi(words[i]); err != nil {
					fixups[len(code)] = words[i]
				}
			}
			code = append(code, in)
		}
	}
	for at, l := range fixups {
		target, ok := labels[l]
		if !ok {
			return nil, fmt.Errorf("no label %s", l)
		}
		code[at].arg = target
	}
	return code, nil
}

func main() {
	for _, src := range []string{
		"push 5 store 0 push 1 store 1\nloop: load 0 jz end\n load 1 load 0 mul store 1\n load 0 push 1 sub store 0 jmp loop ; factorial\nend: load 1 out",
		"push 7 call double out push 1 push 2 swap out out push 3 push 4 over out drop halt out\ndouble: dup add ret",
		"push 1 add", "loop: jmp loop", "ret", "load 9", "bogus", "push", "jmp nowhere", "push 1 push 2 drop dup sub jz end out end: ",
	} {
		code, err := assemble(src)
		if err != nil {
			fmt.Println("assemble:", err)
			continue
		}
		m := &machine{code: code}
		err = m.run(1000)
		var f *fault
		fmt.Println(strings.Join(m.out, " "), err, m.steps, len(code), errors.As(err, &f), errors.Is(err, errUnderflow), errors.Is(err, errSteps))
	}
	fmt.Println(push, halt, opcodes.hasArg(), code(jmp))
}

func code(o opcode) string { return fmt.Sprintf("%v=%d/%#x", o, o, byte(o)) }

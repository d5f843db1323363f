//go:build ignore

package main

import (
	"fmt"
	"sort"
	"strings"
	"time"
)

type account struct {
	owner   string
	balance int
}

func (a account) show() string            { return fmt.Sprintf("%s:%d", a.owner, a.balance) }
func (a *account) deposit(n int) *account { a.balance += n; return a }
func (a account) plus(xs ...int) int {
	for _, x := range xs {
		a.balance += x
	}
	return a.balance
}

type shower interface{ show() string }
type op func(*account, int) *account

func apply(f func(int) *account, times int) {
	for range times {
		f(1)
	}
}

type meter struct{ calls []string }

func (m *meter) enter(name string) func() {
	m.calls = append(m.calls, "+"+name)
	return func() { m.calls = append(m.calls, "-"+name) }
}

func main() {
	// A method value binds its receiver when it is made.
	a := account{"ann", 10}
	show, deposit := a.show, a.deposit
	a.balance = 20
	fmt.Println(show(), a.show())
	deposit(5).deposit(1)
	fmt.Println(show(), a.show())
	apply(deposit, 4)
	fmt.Println(a)

	// A method expression takes it as the first argument.
	f := account.show
	g := (*account).deposit
	h := (*account).show
	k := shower.show
	g(&a, 100)
	fmt.Println(f(a), h(&a), k(a), k(&a))
	fmt.Printf("%T %T %T %T\n", f, g, k, account.plus)
	fmt.Println(account.plus(a, 1, 2), account.plus(a), (*account).plus(&a, []int{5, 5}...))
	var do op = (*account).deposit
	do(&a, -130)
	fmt.Println(a.balance)

	// Of an interface value: bound to what is in it now.
	var s shower = a
	bound := s.show
	a.owner = "changed"
	s = &account{"bob", 1}
	fmt.Println(bound(), s.show())
	p := &a
	late := p.show // copies *p
	p.owner = "again"
	fmt.Println(late(), p.show())

	table := map[string]func(string) string{
		"up": strings.ToUpper, "trim": strings.TrimSpace, "rep": strings.NewReplacer("l", "L").Replace,
	}
	keys := []string{}
	for k := range table {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Printf("%s=%q ", k, table[k](" hello "))
	}
	fmt.Println()

	m := &meter{}
	func() {
		defer m.enter("outer")()
		defer m.enter("inner")()
		m.calls = append(m.calls, "body")
	}()
	fmt.Println(m.calls)

	durations := []func() float64{time.Minute.Seconds, (90 * time.Second).Minutes, func() float64 { return time.Duration.Hours(2 * time.Hour) }}
	for _, d := range durations {
		fmt.Print(d(), " ")
	}
	fmt.Println()
	try := func(name string, f func()) {
		defer func() { fmt.Println(name, recover() != nil) }()
		f()
	}
	var none shower
	var nilPtr *account
	try("nil interface", func() { _ = none.show })
	try("nil pointer, value method", func() { _ = nilPtr.show })
	try("nil pointer, pointer method", func() { _ = nilPtr.deposit })
	try("calling it", func() { f := nilPtr.deposit; f(1) })
	total := 0
	for _, f := range [...]func(...int) int{account{balance: 1}.plus, (&account{balance: 2}).plus} {
		total += f(10, 20)
	}
	fmt.Println(total)
}

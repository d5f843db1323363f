//go:build ignore

package main

import (
	"errors"
	"fmt"
	"strings"
)

type value struct{ n int }
type pointer struct{ n int }
type level int
type names []string
type table map[string]level
type both struct{}
type embeds struct {
	value
	extra int
}
type holder struct {
	Pub  value
	priv value
	Ptr  *pointer
	Lvl  level
}
type angry struct{}
type nilSafe struct{ s string }
type plain struct{ level }
type secret string

func (v value) String() string    { return fmt.Sprintf("value(%d)", v.n) }
func (p *pointer) String() string { return fmt.Sprintf("pointer(%d)", p.n) }
func (l level) String() string    { return strings.Repeat("*", int(l)) }
func (n names) String() string    { return strings.Join(n, "+") }
func (t table) String() string    { return fmt.Sprintf("table of %d", len(t)) }
func (both) Error() string        { return "as error" }
func (both) String() string       { return "as Stringer" }
func (angry) String() string      { panic("no text for you") }
func (secret) String() string     { return "***" }
func (secret) GoString() string   { return `secret("***")` }
func (n *nilSafe) String() string {
	if n == nil {
		return "nil is fine"
	}
	return n.s
}

type codeError int

func (c codeError) Error() string { return fmt.Sprintf("code %d", int(c)) }

type wrapper struct{ fmt.Stringer }
type errWrapper struct{ error }

func main() {
	v, p := value{1}, pointer{2}
	fmt.Println(v, &v, p, &p)
	fmt.Printf("%v %s %d %+v %#v %q %x %T\n", v, v, v, v, v, v, v, v)
	fmt.Println([]value{{1}, {2}}, []*pointer{{3}}[0], map[value]level{{1}: 2}, [1]level{3}, []any{v, p, level(1)})
	fmt.Println(level(3), level(0) == 0, names{"a", "b"}, table{"x": 1}, []names{{"c"}, nil}, map[string]names{"k": {"d", "e"}})
	fmt.Printf("%d %v %s %q %x|%6v|%-6s|%06d\n", level(3), level(3), level(3), level(2), level(2), level(2), level(1), level(7))
	fmt.Println(both{}, []both{{}}, embeds{v, 5}, &embeds{v, 6})
	fmt.Printf("%v %+v\n", embeds{v, 7}, holder{})

	// Methods are called on what is exported, and on what is in it.
	h := holder{value{1}, value{2}, &p, 2}
	fmt.Printf("%v %+v\n", h.Pub, struct {
		Pub  value
		priv value
	}{value{1}, value{2}})
	fmt.Printf("%+v\n", struct {
		Lvl level
		lvl level
		A   any
		a   any
	}{1, 2, level(3), level(4)})
	fmt.Println(plain{2}, wrapper{v}, errWrapper{codeError(5)}, struct{ level }{1})

	fmt.Println(angry{}, []any{angry{}, 1})
	fmt.Printf("%s|%v|%d\n", angry{}, &angry{}, angry{})
	var np *nilSafe
	var nv *value
	var ns fmt.Stringer
	fmt.Println(np, &nilSafe{"set"}, nv, ns)
	fmt.Printf("%v %s %+v\n", np, nv, []*nilSafe{nil})
	fmt.Println(wrapper{}, wrapper{np})

	fmt.Printf("%v %s %#v %q %v\n", secret("pw"), secret("pw"), secret("pw"), secret("pw"), []secret{"a", "b"})
	fmt.Printf("%#v %#v\n", []secret{"x"}, map[string]secret{"k": "y"})
	fmt.Printf("%#v %#v %#v\n", v, level(2), names{"q"})
	fmt.Println(codeError(7), errors.Join(codeError(1), both{}), fmt.Errorf("wrapped: %w", codeError(2)), []error{codeError(3), nil})
	fmt.Printf("%v %d %s %x\n", codeError(10), codeError(10), codeError(10), codeError(10))
	fmt.Println(fmt.Sprint(v, p, "x", level(1), level(2)), fmt.Sprintln(names{"z"}), string(names{"y"}.String()[0]))
	var st fmt.Stringer = level(4)
	st2 := fmt.Stringer(&p)
	p.n = 99
	fmt.Println(st, st2, st2.String(), fmt.Stringer.String(v))
	type local struct{ value }
	fmt.Println(local{value{8}}, []local{{value{9}}}, &local{})
	panicky := func() (s string) {
		defer func() { s = fmt.Sprint("recovered ", recover()) }()
		return angry{}.String()
	}
	fmt.Println(panicky())
}

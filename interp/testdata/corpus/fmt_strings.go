//go:build ignore

package main

import (
	"errors"
	"fmt"
	"strings"
)

type name string
type names []name
type path []byte

func main() {
	s := "héllo\t世\x00\"q\"`"
	for _, f := range []string{"%s", "%q", "%+q", "%#q", "%x", "%X", "% x", "%#x", "%v", "%.3s", "%10.2s|", "%-8.3q|", "%5s|", "%t", "%d"} {
		fmt.Printf("%s=", f)
		fmt.Printf(f+"\n", s)
	}
	fmt.Printf("%q %+q %#q %s\n", name("n"), names{"a", "é"}, "plain", names{"x", "y"})
	fmt.Printf("%10s|%-10s|%010s|%.2s|%.10s|%5.1s|\n", "right", "left", "zero", "日本語", "short", "x")
	fmt.Printf("%c|%3c|%-3c|%q|%+q|%U|%#U|%x\n", 'é', 'é', 'é', 'é', 'é', 'é', 'é', 'é')
	fmt.Printf("%s %q %x %v %d\n", path("p/q"), path("p/q"), path("p/q"), path("p"), path("p"))
	fmt.Printf("%s %v %q\n", []string{"a b", "c"}, []string{"a b", "c"}, []string{"a b", "c"})
	fmt.Printf("%s|%v|%q|%v\n", [][]string{{"a"}, {"b", "c"}}, map[string][]string{"k": {"v"}}, map[name]string{"n": "t"}, []any{"s", 1, nil, 'r', errors.New("e")})
	fmt.Printf("%s %v %s\n", errors.New("an error"), error(nil), []error{errors.New("x"), nil})
	fmt.Printf("%6v|%-6v|%6q|%06d|%x\n", "ab", "ab", "a", 12, "xyz")
	fmt.Printf("%5v|%-5v|%05v|%5v\n", []string{"a", "bb"}, []int{1, 22}, []int{1, 22}, map[string]int{"k": 1})

	// What does not fit is said in the text.
	for _, c := range []struct {
		format string
		args   []any
	}{
		{"%d", []any{"text"}}, {"%s", []any{42}}, {"%z", []any{1}}, {"%d %d", []any{1}}, {"%d", []any{1, 2, "three"}}, {"%", nil}, {"%!", []any{1}},
		{"%[5]d", []any{1}}, {"%[x]d", []any{1}}, {"%*d", []any{"w", 1}}, {"%.*f", []any{-1, 2.5}}, {"%t", []any{"yes"}}, {"%c", []any{"c"}}, {"%s", []any{[]int{1}}},
		{"%q", []any{3.5}}, {"%x", []any{true}}, {"%d", []any{nil}}, {"%s", []any{nil}}, {"%d", []any{[]any{1, "a"}}}, {"%f", []any{struct{ a, b any }{1, 2.5}}}, {"%-", []any{1}},
		{"%s %s", []any{}}, {"%[2]*[1]d", []any{7, 4}}, {"%[1]d %[1]v %d", []any{1, 2}}, {"%v %[1]T", []any{'x'}}, {"no verbs", []any{1, nil}}, {"%%%d%%", []any{5}}, {"%w", []any{errors.New("w")}},
	} {
		fmt.Printf("%s;", fmt.Sprintf(c.format, c.args...))
	}
	fmt.Println()
	err := fmt.Errorf("%w and %w and %w", errors.New("one"), nil, fmt.Errorf("two"))
	fmt.Println(err, fmt.Errorf("%v", "not an error"))

	b := fmt.Appendf([]byte("start:"), "%03d", 7)
	b = fmt.Append(b, " ", "x", 1)
	b = fmt.Appendln(b, "", 2)
	fmt.Printf("%q\n", b)
	var sb strings.Builder
	n, e := fmt.Fprintf(&sb, "%s-%d", "ü", 1)
	m, _ := fmt.Fprintln(&sb, "a", "b")
	k, _ := fmt.Fprint(&sb, 1, 2, "x")
	fmt.Println(n, m, k, e, sb.Len())
	table := [][]string{{"name", "qty"}, {"apple", "3"}, {"fig", "12"}}
	for _, row := range table {
		fmt.Printf("|%-*s|%*s|\n", 7, row[0], 5, row[1])
	}
}

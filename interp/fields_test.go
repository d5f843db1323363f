package interp_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

func TestUnexportedFieldsDoNotLeak(t *testing.T) {
	var got []string
	r := newRunner(t, map[string]any{"Take": func(v any) {
		text, err := json.Marshal(v)
		got = append(got, string(text))
		if err != nil {
			t.Error(err)
		}
	}})
	tree := fstest.MapFS{"p.go": {Data: []byte("package p\ntype P struct { secret, Shown string; hidden int }\nfunc New() P { return P{`s`, `v`, 1} }")}}
	if err := r.in.Import("example.com/p", tree); err != nil {
		t.Fatal(err)
	}
	const types = `
		type T struct {
			A, b int
			c    string ` + "`json:\"c\"`" + `
			D    string ` + "`json:\"dee,omitempty\"`" + `
			e, f, G bool
		}
		func (t T) Sum() int { return t.A + t.b }
		type Outer struct { T; in struct { X int }; Y struct { z, Z int } }
	`
	for _, c := range []struct{ source, want string }{
		{"test.Take(T{A: 1, b: 2, c: `x`, D: `y`})", `{"A":1,"dee":"y","G":false}`},
		{"test.Take(&T{b: 2})", `{"A":0,"G":false}`},
		{"test.Take([]T{{b: 1}})", `[{"A":0,"G":false}]`},
		{"test.Take(Outer{T: T{b: 1}}.Y)", `{"Z":0}`},
		{"test.Take(struct{ a, B int }{1, 2})", `{"B":2}`},
		{"import `example.com/p`\ntest.Take(p.New())", `{"Shown":"v"}`},
	} {
		got = nil
		r.want(nil, "import `example.com/test`\n"+c.source+types)
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s\ngot %v, want %s", c.source, got, c.want)
		}
	}
	r.want(`{"A":1,"G":false} 3`, "t := T{A: 1, b: 2}; data, err := json.Marshal(t); return fmt.Sprintf(`%s %d`, data, t.Sum()), err"+types)
}

func TestResultStructsHideUnexportedFields(t *testing.T) {
	r := newRunner(t, nil)
	got, err := r.run("return struct{ a, B int }{1, 2}")
	if err != nil {
		t.Fatal(err)
	}
	typ := reflect.TypeOf(got)
	for i := range typ.NumField() {
		f := typ.Field(i)
		hidden := f.Tag.Get("cbor") == "-" && f.Tag.Get("json") == "-" && f.Tag.Get("xml") == "-" && f.Tag.Get("yaml") == "-"
		if hidden != strings.HasPrefix(f.Name, "X") {
			t.Errorf("field %s has tag %q", f.Name, f.Tag)
		}
	}
}

// The rewritten fields are on the lines that they were on.
func TestRewrittenFieldsKeepPositions(t *testing.T) {
	r := newRunner(t, nil)
	fault := r.fault("compile", "type T struct { a, B int; c string /* x */; D int }; return T{}.B + oops")
	r.wantAt(fault, "user.go", 1, 69)
}

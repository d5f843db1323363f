package interp_test

import "testing"

func TestCompileErrorsHaveTheUsersPositions(t *testing.T) {
	r := newRunner(t, nil)
	for _, c := range []struct {
		source       string
		line, column int
		text         string
	}{
		{"x = 1", 1, 1, "user.go:1:1: undefined: x"},
		{"return 1 + y", 1, 12, "user.go:1:12: undefined: y"},
		{"a := 1\n\tb = a", 2, 2, "user.go:2:2: undefined: b"},
		{"return f()\nfunc f() int { return z }", 2, 23, "user.go:2:23: undefined: z"},
		{"func f() int { return 1 }; return g()", 1, 35, "user.go:1:35: undefined: g"},
		{"type T struct{ A int } // comment\n/* more */ return T{}.B", 2, 0, "T{}.B undefined"},
		{"x := ", 1, 6, "user.go:1:6: syntax error: unexpected EOF, expected expression"},
		{"if true {", 1, 10, "user.go:1:10: syntax error: unexpected EOF, expected }"},
		{"return \"a", 1, 8, "user.go:1:8: string not terminated"},
		{"}", 1, 1, "user.go:1:1: syntax error: unexpected }"},
		{"x := 1\n } func f() {", 2, 2, "user.go:2:2: syntax error: unexpected }"},
		{"func F(ctx context.Context) {\n  oops()\n}", 2, 3, "user.go:2:3: undefined: oops"},
		{"func F(ctx context.Context) { oops() }", 1, 31, "user.go:1:31: undefined: oops"},
		{"package p\nfunc F(ctx context.Context) {\n\t oops() }", 3, 3, "user.go:3:3: undefined: oops"},
		{"package main\nfunc main() { 1 +", 2, 18, "user.go:2:18: syntax error: unexpected EOF, expected expression"},
		{"import \"example.com/none\"", 1, 8, "user.go:1:8: package \"example.com/none\" is neither"},
		{"import (\n \"fmt\"\n  \"no/such\"\n)", 3, 3, "Import its source first"},
		{"fmt.Nothing()", 1, 5, "undefined: fmt.Nothing"},
		{"nosuchpackage.F()", 1, 1, "user.go:1:1: undefined: nosuchpackage"},
	} {
		fault := r.fault("compile", c.source)
		if c.column != 0 {
			r.wantAt(fault, "user.go", c.line, c.column)
		}
		r.contains(fault.Text, c.text)
	}
}

func TestAllSyntaxErrorsAreReported(t *testing.T) {
	r := newRunner(t, nil)
	fault := r.fault("compile", "func F(ctx context.Context) {\n  x := := 1\n}\nfunc G() {\n  return return\n}\n")
	r.wantAt(fault, "user.go", 2, 8)
	r.contains(fault.Text, "user.go:2:8: ", "\nuser.go:5:10: ")
}

func TestNamesOfFilesAreKept(t *testing.T) {
	r := newRunner(t, nil)
	for _, name := range []string{"a b.go", "dir/sub.go", "-e", "<stdin>", "/abs/x.go", "näme.go", "weird*/name", "a:1:2"} {
		for _, source := range []string{"x = 1", "package p\nfunc F(c context.Context) { x = 1 }", "import \"fmt\"; fmt.Println(); x = 1"} {
			job := r.job(source)
			job.Name = name
			got, err := r.in.Run(t.Context(), job)
			fault := r.asFault("compile", got, err)
			if name != "weird*/name" && fault.File != name {
				t.Errorf("file %q, want %q: %v", fault.File, name, fault)
			}
		}
	}
}

func TestLineDirectivesOfASourceAreComments(t *testing.T) {
	r := newRunner(t, nil)
	r.want("1", "//line other.go:7\nreturn fmt.Sprint(1)")
	r.want(2, "package p\nimport \"strings\"\n/*line x.go:1:1*/ func F(ctx context.Context) int { return strings.Count(`aa`, `a`) }")
	r.wantAt(r.fault("compile", "//line other.go:7\nx = 1"), "user.go", 2, 1)
}

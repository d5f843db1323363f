package bothways_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/bothways"
)

// What a batch tells must be what the programs tell alone, also of the names of
// types and of a crash.
func TestABatchTellsWhatItsProgramsTellAlone(t *testing.T) {
	home := newHome(t, bothways.Limits{}, "")
	var programs []*bothways.Program
	for i, body := range []string{
		"fmt.Printf(`%T %v %#v`, T{1}, T{2}, T{3})",
		"fmt.Printf(`%T %30T %s`, G[T]{}, G[G[T]]{}, G[map[T]int]{})",
		"fmt.Print(len(os.Args), os.Args[1:])",
		"defer fmt.Print(`deferred`); panic(T{4}.A)",
		"os.Exit(3)",
		"undefined()",
		"var a any = T{}; _ = a.(interface{ X() })",
	} {
		programs = append(programs, &bothways.Program{
			Name: "program.go",
			Main: "package main\nimport (`fmt`; `os`)\ntype T struct { A int }\ntype G[X any] struct { a X }\nvar _ = fmt.Sprint\nvar _ = os.Args\nfunc main() {" + body + "}",
			Args: make([]string, i),
		})
	}
	batch, err := home.RunBatch(t.Context(), programs)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range programs {
		alone, err := home.Run(t.Context(), p)
		if err != nil {
			t.Fatal(err)
		}
		if batch[i] != alone {
			t.Errorf("in the batch: %+v\nalone:        %+v", batch[i], alone)
		}
	}
}

func TestABatchHasABound(t *testing.T) {
	home := newHome(t, bothways.Limits{}, "")
	if _, err := home.RunBatch(t.Context(), make([]*bothways.Program, 1001)); err == nil {
		t.Error("no error for a batch of 1,001")
	}
}

func TestAFarSideIsReplacedAfterACrash(t *testing.T) {
	far := bothways.NewFar(bothways.Limits{})
	defer far.Close()
	for i, c := range []struct{ body, stderr, crash string }{
		{"print(1)", "1", ""},
		{"go panic(`here`); select {}", "", "panic: here"},
		{"print(3)", "3", ""},
	} {
		out, err := far.Run(t.Context(), &bothways.Program{Name: "program.go", Main: fmt.Sprintf("package main\nfunc main() { %s }", c.body)})
		if err != nil {
			t.Fatal(err)
		}
		if out.Stderr != c.stderr || out.Crash != c.crash {
			t.Errorf("program %d: %+v", i+1, out)
		}
	}
}

func TestCheckerFindsTheError(t *testing.T) {
	checker := bothways.NewChecker()
	if err := checker.Check("package main\nimport `fmt`\nfunc main() { fmt.Println(min(1, 2)) }"); err != nil {
		t.Error(err)
	}
	for text, want := range map[string]string{
		"package main\nfunc main() { x := 1 }":       "main.go:2:15: declared and not used: x",
		"package main\nimport `fmt`\nfunc main() {}": `main.go:2:8: "fmt" imported and not used`,
		"package main\nfunc main() {":                "expected '}'",
	} {
		if err := checker.Check(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\ngot %v, want %s", text, err, want)
		}
	}
}

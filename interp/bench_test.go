package interp_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp"
	"github.com/farside-go/farside/worker"
)

func benchmarkRun(b *testing.B, source string) {
	in := interp.New(nil)
	defer in.Close()
	job := &worker.Job{Name: "bench.go", Source: source}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := in.Run(b.Context(), job); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOneLine(b *testing.B) { benchmarkRun(b, `fmt.Println("x")`) }

func BenchmarkOneLineMain(b *testing.B) {
	benchmarkRun(b, "package main\nimport \"fmt\"\nfunc main() { fmt.Println(1) }")
}

func BenchmarkFiveImports(b *testing.B) {
	benchmarkRun(b, `package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
)

type reply struct { Status string }

func main() {
	if len(os.Args) > 1 {
		http.Get(os.Args[1])
	}
	text, err := json.Marshal(reply{strings.ToUpper(http.StatusText(200))})
	fmt.Println(string(text), err)
}
`)
}

func BenchmarkSessionLine(b *testing.B) {
	in := interp.New(nil)
	defer in.Close()
	job := &worker.Job{Name: "bench.go", Source: "1 + 1", Session: "s"}
	for b.Loop() {
		if _, err := in.Run(b.Context(), job); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFib20(b *testing.B) {
	benchmarkRun(b, "return fib(20)\nfunc fib(n int) int { if n < 2 { return n }; return fib(n-1) + fib(n-2) }")
}

func BenchmarkLoop100000(b *testing.B) {
	benchmarkRun(b, "s := 0; for i := 0; i < 100000; i++ { s += i }; return s")
}

// BenchmarkFirstTime is the cost of a source that was not seen before: parsing,
// checking and compiling about 100 lines with five common imports.
func BenchmarkFirstTime(b *testing.B) {
	in := interp.New(nil)
	defer in.Close()
	source := hundredLines()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		job := &worker.Job{Name: fmt.Sprintf("bench%d.go", i), Source: source}
		if _, err := in.Run(b.Context(), job); err != nil {
			b.Fatal(err)
		}
	}
}

// hundredLines is a script that does little when it runs.
func hundredLines() string {
	var b strings.Builder
	b.WriteString(`package main

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"
)

type entry struct {
	Name string    ` + "`json:\"name\"`" + `
	When time.Time ` + "`json:\"when\"`" + `
	Tags []string
}

func main() {
	if len(os.Args) > 100 {
		all()
	}
}

func all() {
`)
	for i := range 7 {
		fmt.Fprintf(&b, "\tstep%d()\n", i)
	}
	b.WriteString("}\n")
	for i := range 7 {
		fmt.Fprintf(&b, `
func step%d() {
	list := map[string]entry{}
	for i, word := range strings.Fields("a b c") {
		e := entry{Name: strings.ToUpper(word), When: time.Now().Add(time.Duration(i) * time.Second)}
		e.Tags = append(e.Tags, fmt.Sprint(i), word)
		list[e.Name] = e
	}
	if text, err := json.Marshal(list); err == nil {
		fmt.Fprintln(os.Stderr, string(text), len(list))
	}
}
`, i)
	}
	return b.String()
}

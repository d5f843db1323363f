package interp_test

import (
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

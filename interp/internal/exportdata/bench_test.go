package exportdata_test

import (
	"testing"

	"github.com/farside-go/farside/interp/internal/exportdata"
)

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(b)
	}
}

func BenchmarkReadFive(b *testing.B) {
	for b.Loop() {
		read(b, "fmt", "os", "strings", "time", "encoding/json")
	}
}

func BenchmarkReadHTTP(b *testing.B) {
	for b.Loop() {
		read(b, "net/http")
	}
}

func open(tb testing.TB) *exportdata.Reader {
	tb.Helper()
	r, err := exportdata.New()
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// read reads packages with nothing read before.
func read(tb testing.TB, paths ...string) {
	tb.Helper()
	r := open(tb)
	for _, path := range paths {
		if _, err := r.Import(path); err != nil {
			tb.Fatal(err)
		}
	}
}

package exportdata_test

import (
	"testing"

	"github.com/farside-go/farside/interp/internal/exportdata"
)

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

// read reads packages with nothing read before.
func read(tb testing.TB, paths ...string) {
	tb.Helper()
	r := exportdata.New()
	for _, path := range paths {
		if _, err := r.Import(path); err != nil {
			tb.Fatal(err)
		}
	}
}

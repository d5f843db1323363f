package farside_test

import (
	"os"
	"strings"
	"testing"
)

// TestReadmeShowsTheHelloExample keeps the first screen a program that runs.
func TestReadmeShowsTheHelloExample(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	hello, err := os.ReadFile("examples/hello/main.go")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "```go\n"+string(hello)+"```") {
		t.Error("README.md does not show examples/hello/main.go as it is")
	}
}

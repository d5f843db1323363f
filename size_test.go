package farside_test

import (
	"compress/flate"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
)

// hello is the least that a built program is: a far function with a channel.
const hello = `package main

import (
	"context"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/worker"
)

func main() {
	worker.Run(func(ctx context.Context, ch *channel.Channel) error { return ch.Send(ctx, "hello") })
}
`

// A built program is sent to each far side, and carries no more of the worker than it
// takes to run one function.
func TestBuiltProgramIsSmall(t *testing.T) {
	importsOf(t, ".") // opens all files, so that no cached result stands for another worker
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Skip("SKIPPED, there is no go command")
	}
	source, program := filepath.Join(t.TempDir(), "main.go"), filepath.Join(t.TempDir(), "hello")
	if err := os.WriteFile(source, []byte(hello), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), tool, "build", "-trimpath", "-ldflags=-s -w", "-o", program, source)
	cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=",
		"XDG_CACHE_HOME=") // that of the tests is empty, and the toolchain's cache would be in it
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	var packed counter
	packer, err := flate.NewWriter(&packed, flate.BestCompression)
	if err == nil {
		_, err = packer.Write(data)
	}
	if err == nil {
		err = packer.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d bytes, packed %d", len(data), packed)
	const most, mostPacked = 4_500_000, 2_000_000
	if len(data) > most || packed > mostPacked {
		t.Errorf("it has %d bytes, packed %d; at most %d and %d are allowed", len(data), packed, most, mostPacked)
	}
	gw := farsidetest.Gateway(t, "popen//worker="+program, nil)
	if _, err := gw.Dial(t.Context(), "tcp", "127.0.0.1:1"); err == nil || !strings.Contains(err.Error(), "built to run one function") {
		t.Errorf("it is asked to dial: %v", err)
	}
}

// A counter counts what is written to it.
type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

//go:build unix

package worker_test

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/farsidetest"
)

const script = "#!/bin/sh\necho \"out $1\"\necho err >&2\nexit 9\n"

// keepScript has the worker keep the script, and gives its hash and its path over there.
func keepScript(t *testing.T, n *near) (hash, path string) {
	t.Helper()
	sum := sha256.Sum256([]byte(script))
	hash = hex.EncodeToString(sum[:])
	ch := n.ask(t, "keep", map[string]any{"hash": hash, "size": len(script)})
	if answer := receive(t, ch); answer["held"] != nil || answer["fault"] != nil {
		t.Fatalf("of what it does not have it says %v", answer)
	}
	var packed bytes.Buffer
	packer, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(packer, script)
	packer.Close()
	for chunk := range bytes.Lines(packed.Bytes()) { // in whatever pieces
		if err := ch.Send(t.Context(), chunk); err != nil {
			t.Fatal(err)
		}
	}
	ch.CloseSend()
	answer := receive(t, ch)
	path, _ = answer["path"].(string)
	if answer["held"] != true || filepath.Base(path) != hash {
		t.Fatalf("of what it has it says %v", answer)
	}
	if err := end(t, ch); err != io.EOF {
		t.Error(err)
	}
	return hash, path
}

func receive(t *testing.T, ch *channel.Channel) map[string]any {
	t.Helper()
	answer, err := channel.Receive[map[string]any](t.Context(), ch)
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

// P23, P15
func TestKeptProgramIsSpawnedAsTheProtocolSays(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	n := serve(t, nil)
	ch := n.ask(t, "spawn", map[string]any{"program": strings.Repeat("0", 64)})
	if answer := receive(t, ch); answer["missing"] != true {
		t.Errorf("of a program that is not there it says %v", answer)
	}
	if err := end(t, ch); err != io.EOF {
		t.Error(err)
	}
	hash, _ := keepScript(t, n)
	wire, printed := spawn(t, n, map[string]any{"program": hash})
	if _, err := io.Copy(io.Discard, struct{ io.Reader }{wire}); err != nil {
		t.Error(err)
	}
	if got := printed(); !strings.Contains(got, "out \n") || !strings.Contains(got, "err\n") {
		t.Errorf("it printed %q", got)
	}
	if exit, told := wire.AwaitExit(time.Minute); !told || exit.Code != 9 {
		t.Errorf("it ended with %+v, %v", exit, told)
	}
}

// P23, P8
func TestKeptProgramIsRunAsTheProtocolSays(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	n := serve(t, nil)
	ch := n.ask(t, "exec", map[string]any{"name": "s", "kept": strings.Repeat("0", 64)})
	if answer := receive(t, ch); answer["missing"] != true {
		t.Errorf("of a program that is not there it says %v", answer)
	}
	if err := end(t, ch); err != io.EOF {
		t.Error(err)
	}
	hash, _ := keepScript(t, n)
	ch = n.ask(t, "exec", map[string]any{"name": "s", "kept": hash, "args": []any{"arg"}})
	if answer := receive(t, ch); answer["missing"] != nil {
		t.Errorf("of a program that is there it says %v", answer)
	}
	out, err := n.Mux.Accept(t.Context())
	if err != nil || out.Label() != "output" {
		t.Fatalf("instead of output came %v, %v", out, err)
	}
	if id, err := channel.Receive[uint32](t.Context(), out); id != ch.ID() || err != nil {
		t.Errorf("the output is of %d, %v", id, err)
	}
	var printed [3]string
	for {
		item, err := channel.Receive[[]byte](t.Context(), out)
		if err != nil {
			break
		}
		printed[item[0]] += string(item[1:])
	}
	out.Close()
	if printed[1] != "out arg\n" || printed[2] != "err\n" {
		t.Errorf("it printed %q", printed)
	}
	exit, ok := errors.AsType[*channel.RemoteError](end(t, ch))
	if !ok || exit.Name != "exit" || exit.Code != 9 || exit.Stack != "err" {
		t.Errorf("it ended with %#v", exit)
	}
	farsidetest.Eventually(t, func() bool { return len(farsidetest.Children()) == 0 }, "its process is left")
}

// P24
func TestProgramsAsTheProtocolSays(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	n := serve(t, nil)
	hash, path := keepScript(t, n)
	programs, _ := receive(t, n.ask(t, "programs", map[string]any{}))["programs"].([]any)
	if len(programs) != 1 {
		t.Fatalf("it keeps %v", programs)
	}
	program, _ := programs[0].(map[string]any)
	if _, ok := program["used"].(time.Time); !ok || program["folder"] != filepath.Dir(path) || program["hash"] != hash || program["size"] != len(script) {
		t.Errorf("it keeps %v", program)
	}
	removed, _ := receive(t, n.ask(t, "programs", map[string]any{"remove": programs}))["programs"].([]any)
	if len(removed) != 1 {
		t.Errorf("it removed %v", removed)
	}
	programs, _ = receive(t, n.ask(t, "programs", map[string]any{}))["programs"].([]any)
	if len(programs) != 0 {
		t.Errorf("it keeps %v", programs)
	}
}

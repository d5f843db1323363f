package opening_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"go.uber.org/goleak"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/store"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const token = "a token of the tests"

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantError(t testing.TB, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want an error with %q", err, want)
	}
}

// wantRefused wants the server's own word.
func wantRefused(t testing.TB, err error, stage, want string) {
	t.Helper()
	wantError(t, err, want)
	if err != nil && strings.Count(err.Error(), "the server refused") > 1 {
		t.Errorf("it says twice who refused: %v", err)
	}
	if refused, ok := errors.AsType[*opening.RefusedError](err); !ok || refused.Stage != stage {
		t.Errorf("got %#v, want a refusal at the stage %q", err, stage)
	}
}

func hashOf(program []byte) string {
	sum := sha256.Sum256(program)
	return hex.EncodeToString(sum[:])
}

// newHost is a server with an empty store.
func newHost(t testing.TB) *opening.Host {
	t.Helper()
	kept, err := store.Open(filepath.Join(t.TempDir(), "workers"), &store.Options{MaxProgram: 1 << 20})
	check(t, err)
	return &opening.Host{Token: token, Store: kept}
}

func wantHeld(t testing.TB, host *opening.Host, want ...string) {
	t.Helper()
	held, err := host.Store.Holds()
	if err != nil || strings.Join(held, " ") != strings.Join(want, " ") {
		t.Errorf("the store holds %v, %v and not %v", held, err, want)
	}
}

// opened is what became of an opening on the host's side.
type opened struct {
	hash string
	path string
	rest string // what came behind
	err  error
}

// serve opens on a connection as a server does, up to the end of the connection.
func serve(host *opening.Host, conn net.Conn) <-chan opened {
	result := make(chan opened, 1)
	go func() { // ends with the connection
		defer conn.Close()
		read := relay.Buffered(conn)
		worker, err := host.Open(conn, read, func(*opening.Ticket) error { return nil })
		if err != nil {
			result <- opened{err: err}
			if opening.Refuse(conn, err) == nil {
				io.Copy(io.Discard, conn)
			}
			return
		}
		defer worker.Release()
		host.Started(conn, false)
		rest, _ := io.ReadAll(read)
		result <- opened{worker.Hash, worker.Path, string(rest), nil}
	}()
	return result
}

// visit gives a near side of a host, which goes with the test.
func visit(t testing.TB, host *opening.Host, shown string) (*opening.Client, net.Conn, <-chan opened) {
	t.Helper()
	near, far := net.Pipe()
	result := serve(host, far)
	t.Cleanup(func() { near.Close() })
	return opening.NewClient(near, shown), near, result
}

// file is a worker's program to send.
func file(t testing.TB, program []byte) *os.File {
	t.Helper()
	f, err := os.CreateTemp(t.TempDir(), "worker")
	check(t, err)
	_, err = f.Write(program)
	check(t, err)
	_, err = f.Seek(0, io.SeekStart)
	check(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

// request is the line of a near side.
func request(fields map[string]string) string { return (&hello.Line{Fields: fields}).String() }

// packed is a worker as it travels.
func packed(t testing.TB, program []byte, opts ...zstd.EOption) []byte {
	t.Helper()
	var b bytes.Buffer
	packer, err := zstd.NewWriter(&b, opts...)
	check(t, err)
	_, err = packer.Write(program)
	check(t, err)
	check(t, packer.Close())
	return b.Bytes()
}

// records are bytes in records, with an end.
func records(content []byte) string {
	var b bytes.Buffer
	w := relay.NewWriter(&b)
	w.Write(content)
	w.End("")
	return b.String()
}

// upload is all that a near side says that sends a worker unasked.
func upload(hash string, content []byte) string {
	return request(map[string]string{"token": token, "worker": hash, "upload": "zstd"}) + records(content)
}

package keep_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/keep"
	"github.com/farside-go/farside/internal/request"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func ignore(int64, int64) {}

// program writes bytes that cannot be packed to a file, after text.
func program(t testing.TB, text string, size int) *keep.File {
	t.Helper()
	noise := rand.NewChaCha8([32]byte{})
	data := make([]byte, size)
	noise.Read(data)
	copy(data, text)
	return fileOf(t, data)
}

func fileOf(t testing.TB, data []byte) *keep.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	check(t, os.WriteFile(path, data, 0o600))
	sum := sha256.Sum256(data)
	return &keep.File{Path: path, Hash: hex.EncodeToString(sum[:]), Size: int64(len(data))}
}

// serve has a keeper answer the requests of the near side that it gives.
func serve(t testing.TB, k *keep.Keeper) *channel.Mux {
	t.Helper()
	near, far := net.Pipe()
	served := make(chan struct{})
	go func() { // ends with the near side's mux
		defer close(served)
		m, err := channel.NewMux(far, channel.Far, nil)
		if err != nil {
			return
		}
		defer m.Close()
		for {
			ch, err := m.Accept(context.Background())
			if err != nil {
				return
			}
			if ch.Label() == request.Keep {
				err = k.Take(ch)
			} else {
				err = k.Stock(ch)
			}
			ch.CloseWithError(err)
		}
	}()
	m, err := channel.NewMux(near, channel.Near, nil)
	check(t, err)
	t.Cleanup(func() {
		m.Close()
		<-served
		k.Close()
	})
	return m
}

func send(t testing.TB, m *channel.Mux, file *keep.File) error {
	t.Helper()
	_, err := keep.Send(t.Context(), m, file, ignore)
	return err
}

// wantKept uses a program and compares its bytes.
func wantKept(t testing.TB, k *keep.Keeper, file *keep.File) string {
	t.Helper()
	used, err := k.Use(file.Hash)
	check(t, err)
	defer used.Release()
	got, err := os.ReadFile(used.Path)
	check(t, err)
	want, err := os.ReadFile(file.Path)
	check(t, err)
	if !bytes.Equal(got, want) {
		t.Errorf("%s has other bytes", used.Path)
	}
	return used.Path
}

// wantNothingIn finds no program and no piece of one in a folder.
func wantNothingIn(t testing.TB, dir string) {
	t.Helper()
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".used") {
			t.Errorf("%s is in %s", entry.Name(), dir)
		}
	}
}

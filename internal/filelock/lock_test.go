package filelock_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/filelock"
)

func open(t *testing.T, path string) *os.File {
	t.Helper()
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

func TestOneWhoWritesWaitsForThoseWhoRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	first, second, writer := open(t, path), open(t, path), open(t, path)
	for _, reader := range []*os.File{first, second} { // together
		if err := filelock.Lock(reader, false); err != nil {
			t.Fatal(err)
		}
	}
	locked := make(chan error)
	go func() { // ends when the readers have closed
		err := filelock.Lock(writer, true)
		content, _ := os.ReadFile(path)
		if string(content) != "read" {
			t.Error("the lock was not waited for")
		}
		locked <- err
	}()
	first.Close()
	if _, err := second.WriteString("read"); err != nil {
		t.Fatal(err)
	}
	second.Close()
	if err := <-locked; err != nil {
		t.Fatal(err)
	}
}

func TestAwaitEndsWithItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	first, second := open(t, path), open(t, path)
	if locked, err := filelock.TryLock(first); !locked || err != nil {
		t.Fatal(locked, err)
	}
	if locked, err := filelock.TryLock(second); locked || err != nil {
		t.Fatal(locked, err)
	}
	enough := errors.New("enough")
	ctx, cancel := context.WithTimeoutCause(t.Context(), 50*time.Millisecond, enough)
	defer cancel()
	calls := 0
	err := filelock.Await(ctx, second, func() { calls++ })
	if !errors.Is(err, enough) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
	waiting := make(chan bool)
	go func() { // ends with Await
		<-waiting
		first.Close()
	}()
	if err := filelock.Await(t.Context(), second, func() { close(waiting) }); err != nil {
		t.Error(err)
	}
	if err := filelock.Await(t.Context(), open(t, filepath.Join(t.TempDir(), "g")), func() { t.Error("it waits for nobody") }); err != nil {
		t.Error(err)
	}
}

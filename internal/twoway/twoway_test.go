package twoway_test

import (
	"errors"
	"io"
	"os"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/twoway"
)

// pair makes two connections that are each other's other side.
func pair(t *testing.T) (a, b twoway.Conn) {
	t.Helper()
	var err error
	if a.In, b.Out, err = os.Pipe(); err != nil {
		t.Fatal(err)
	}
	if b.In, a.Out, err = os.Pipe(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close(); b.Close() })
	return a, b
}

func TestCloseWriteEndsOnlyOneDirection(t *testing.T) {
	a, b := pair(t)
	if _, err := io.WriteString(a, "there"); err != nil {
		t.Fatal(err)
	}
	if err := a.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(b); string(got) != "there" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	go func() { // ends with the write
		io.WriteString(b, "back")
		b.CloseWrite()
	}()
	if got, err := io.ReadAll(a); string(got) != "back" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestCloseInterruptsRead(t *testing.T) {
	a, _ := pair(t)
	failed := make(chan error, 1)
	go func() { // ends with the Read
		_, err := a.Read(make([]byte, 1))
		failed <- err
	}()
	a.Close()
	if err := <-failed; !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestDeadlinesInterrupt(t *testing.T) {
	a, _ := pair(t)
	if err := a.SetDeadline(time.Unix(1, 0)); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("read: %v", err)
	}
	if _, err := a.Write(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("write: %v", err)
	}
}

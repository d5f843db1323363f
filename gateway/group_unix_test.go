//go:build unix

package gateway_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// slowWorker is a worker that tells by a file that it was started, and begins when there
// is another.
func slowWorker(t *testing.T) (path, started, begin string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	started, begin = filepath.Join(dir, "started"), filepath.Join(dir, "begin")
	return file(t, "slow", 0o755, "#!/bin/sh\n: >"+started+"\nwhile [ ! -e "+begin+" ]; do sleep 0.01; done\nexec "+self+"\n"), started, begin
}

// opening opens in the background, and returns when the worker is about to begin.
func opening(t *testing.T, group *gateway.Group, spec, started string) <-chan error {
	t.Helper()
	result := make(chan error, 1)
	go func() { // ends with the Open
		_, err := group.Open(context.Background(), spec, &gateway.Options{Stderr: farsidetest.Log(t, "")})
		result <- err
	}()
	farsidetest.Eventually(t, func() bool { _, err := os.Stat(started); return err == nil }, "it does not start")
	return result
}

// G6: nothing may come up behind a gateway that is closed.
func TestHopThatIsClosedWhileOneIsOpenedThroughIt(t *testing.T) {
	for name, end := range map[string]func(group *gateway.Group, hop *gateway.Gateway) error{
		"close":       func(_ *gateway.Group, hop *gateway.Gateway) error { return hop.Close() },
		"kill":        func(_ *gateway.Group, hop *gateway.Gateway) error { return hop.Kill() },
		"close group": func(group *gateway.Group, _ *gateway.Gateway) error { return group.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			group := newGroup(t)
			hop := join(t, group, "popen//id=hop")
			worker, started, _ := slowWorker(t)
			opened := opening(t, group, "popen//id=behind//via=hop//worker="+worker, started)
			if err := end(group, hop); err != nil {
				t.Error(err)
			}
			err := <-opened
			if err == nil || !errors.Is(err, gateway.ErrClosed) || !strings.Contains(err.Error(), "a gateway that it goes through was closed") {
				t.Errorf("the one behind: %v", err)
			}
			if hop.Err() != gateway.ErrClosed || len(group.Gateways()) > 0 {
				t.Errorf("the hop ended with %v, and in the group are %v", hop.Err(), group.Gateways())
			}
		})
	}
}

func TestGroupThatIsClosedWhileItOpens(t *testing.T) {
	group := newGroup(t)
	worker, started, begin := slowWorker(t)
	opened := opening(t, group, "popen//id=a//worker="+worker, started)
	refusedJoin(t, group, "popen//id=a", "the group has a gateway a already")
	if err := group.Close(); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(begin, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := <-opened; !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

package sshdial_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/sshdial"
)

func TestProxyCommandCarriesTheConnectionAndEndsWithIt(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	c := open(t, h.meet(s, proxyLine(t)))
	run(t, c, "true")
	if len(farsidetest.Children()) == 0 {
		t.Error("no process carries the connection")
	}
	c.Close()
	if left := farsidetest.Children(); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// It holds its pipes open and does nothing, and has started another.
func TestProxyCommandThatHangsIsEndedWithItsOwn(t *testing.T) {
	h := newHome(t)
	settings := h.settings("me@h", "ProxyCommand sh -c 'sleep 1000 & echo $! >"+h.path("pid")+"; sleep 1000'")
	ctx, cancel := context.WithCancel(t.Context())
	var pid int
	go func() { // ends when the command has started
		farsidetest.Eventually(t, func() bool {
			text, _ := os.ReadFile(h.path("pid"))
			_, err := fmt.Sscanf(string(text), "%d\n", &pid)
			return err == nil
		}, "the command starts")
		cancel()
	}()
	failsIn(t, ctx, settings, sshdial.StageHandshake)
	farsidetest.Eventually(t, func() bool { return len(farsidetest.Children()) == 0 && !farsidetest.Alive(pid) }, "the command ends")
}

package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

// A screen is an output that tells when a word was printed.
type screen struct {
	word  string
	shown chan struct{}
	text  bytes.Buffer
}

func newScreen(word string) *screen { return &screen{word: word, shown: make(chan struct{})} }

func (s *screen) Write(p []byte) (int, error) {
	before := strings.Contains(s.text.String(), s.word)
	s.text.Write(p)
	if !before && strings.Contains(s.text.String(), s.word) {
		close(s.shown)
	}
	return len(p), nil
}

const blocked = `channel.Send(ctx, "ready"); var mu sync.Mutex; mu.Lock(); mu.Lock()`

// The grace is so long that only a kill ends the far side in time.
func TestSecondInterruptKills(t *testing.T) {
	for when, ready := range map[string]func(*gateway.Gateway) bool{
		"at once":                    func(*gateway.Gateway) bool { return true },
		"while it waits for the end": isAbandoned,
	} {
		t.Run(when, func(t *testing.T) {
			gw := &farSide{}
			var err error
			gw.Gateway, err = gw.group.Open(t.Context(), "popen", farsidetest.Options(t, &gateway.Options{Grace: time.Hour}))
			if err != nil {
				t.Fatal(err)
			}
			defer gw.Kill()
			first, interrupt := context.WithCancelCause(t.Context())
			second, again := context.WithCancelCause(t.Context())
			out := newScreen("ready")
			ended := make(chan error, 1)
			go func() { // ends with the program
				ended <- runProgram(first, second, gw, func(ctx context.Context) (*channel.Channel, error) {
					return gw.Exec(ctx, gateway.Source(blocked))
				}, &terminal{out: out, err: io.Discard})
			}()
			<-out.shown
			interrupt(&exitError{exitInterrupted})
			farsidetest.Eventually(t, func() bool { return ready(gw.Gateway) }, "the program does not end")
			again(&exitError{exitInterrupted})
			var exit *exitError
			if err := <-ended; !errors.As(err, &exit) || exit.code != exitInterrupted {
				t.Errorf("it ended with %v", err)
			}
		})
	}
}

func isAbandoned(gw *gateway.Gateway) bool {
	status, err := gw.Status(context.Background())
	return err == nil && status.Abandoned == 1
}

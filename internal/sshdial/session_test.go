package sshdial_test

import (
	"context"
	"errors"
	"io"
	"net"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/sshdial"
)

func TestCommandTellsHowItEnded(t *testing.T) {
	s := newServer(t, nil)
	c := open(t, newHome(t).meet(s, ""))
	for _, want := range []struct {
		command, text string
		exit          sshdial.Exit
	}{
		{"echo out; echo err >&2", "out\nerr\n", sshdial.Exit{}},
		{"exit 3", "", sshdial.Exit{Status: 3}},
		{"kill -TERM $$", "", sshdial.Exit{Status: 143, Signal: "TERM"}},
	} {
		session, err := c.Start(t.Context(), want.command)
		if err != nil {
			t.Fatal(err)
		}
		if text, exit := finish(t, session); text != want.text || exit != want.exit {
			t.Errorf("%s: %q, %+v", want.command, text, exit)
		}
	}
}

func TestShellReadsItsInput(t *testing.T) {
	c := open(t, newHome(t).meet(newServer(t, nil), ""))
	s, err := c.Start(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(s.Stdin, "echo $((6*7))\n"); err != nil {
		t.Fatal(err)
	}
	if text, exit := finish(t, s); text != "42\n" || exit.Status != 0 {
		t.Errorf("%q, %+v", text, exit)
	}
}

func TestClosedSessionLeavesTheOthers(t *testing.T) {
	c := open(t, newHome(t).meet(newServer(t, nil), ""))
	first, err := c.Start(t.Context(), "cat")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(first.Close(), first.Close()); err != nil {
		t.Error(err)
	}
	run(t, c, "true")
}

func TestCutConnectionIsToldToAll(t *testing.T) {
	s := newServer(t, nil)
	c := open(t, newHome(t).meet(s, ""))
	session, err := c.Start(t.Context(), "cat")
	if err != nil {
		t.Fatal(err)
	}
	s.drop()
	<-c.Done()
	if _, err := session.Wait(); err == nil || !errors.Is(err, c.Err()) {
		t.Errorf("Wait: %v, and the connection's end: %v", err, c.Err())
	}
	_, err = c.Start(t.Context(), "true")
	wantError(t, err, sshdial.StageSession, "127.0.0.1")
}

func TestCloseEndsWhatRuns(t *testing.T) {
	s := newServer(t, nil)
	c := open(t, newHome(t).meet(s, ""))
	session, err := c.Start(t.Context(), "cat")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(c.Close(), c.Close()); err != nil {
		t.Error(err)
	}
	if _, err := session.Wait(); !errors.Is(err, sshdial.ErrClosed) {
		t.Errorf("Wait: %v", err)
	}
	if _, err := c.Start(t.Context(), "true"); !errors.Is(err, sshdial.ErrClosed) {
		t.Errorf("Start: %v", err)
	}
}

// The server takes the channel's opening and never answers.
func TestStartEndsWithItsContextAndLeavesTheConnection(t *testing.T) {
	asked := make(chan ssh.NewChannel, 1)
	s := newServer(t, nil)
	mute := &server{t: t, user: s.user, host: s.host, config: s.config, accepted: make(chan net.Conn, 1)}
	mute.listen(func(conn net.Conn) {
		defer conn.Close()
		_, channels, requests, err := ssh.NewServerConn(conn, s.config)
		if err != nil {
			return
		}
		mute.work.Go(func() { ssh.DiscardRequests(requests) })
		for channel := range channels {
			asked <- channel
		}
	})
	c := open(t, newHome(t).meet(mute, ""))
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	late := make(chan ssh.NewChannel, 1)
	go func() { // ends when the server has been asked
		late <- <-asked
		cancel(enough)
	}()
	_, err := c.Start(ctx, "true")
	wantError(t, err, sshdial.StageSession, "does not answer")
	if !errors.Is(err, enough) || c.Err() != nil {
		t.Errorf("error %v, connection %v", err, c.Err())
	}
	_, requests, err := (<-late).Accept()
	if err != nil {
		t.Fatal(err)
	}
	for request := range requests { // until the session that nobody wants is closed
		request.Reply(true, nil)
	}
}

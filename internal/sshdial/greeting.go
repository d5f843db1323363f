package sshdial

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"

	"golang.org/x/crypto/ssh"
)

// A greeting is a connection that remembers what came before the server said that it
// speaks SSH. Servers that send somebody away say there why.
type greeting struct {
	net.Conn

	mu    sync.Mutex
	text  []byte
	ended bool
}

const maxGreeting = 1 << 10

func (g *greeting) Read(p []byte) (int, error) {
	n, err := g.Conn.Read(p)
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.ended {
		g.text = append(g.text, p[:n]...)
		g.ended = len(g.text) > maxGreeting || bytes.HasPrefix(lastLine(g.text), []byte("SSH-"))
	}
	return n, err
}

func lastLine(text []byte) []byte { return text[bytes.LastIndexByte(text, '\n')+1:] }

// explain says why a handshake has failed before any key was shown.
func (g *greeting) explain(err error) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	said := strings.TrimSpace(strings.ToValidUTF8(string(g.text), "?"))
	if negotiation, ok := errors.AsType[*ssh.AlgorithmNegotiationError](err); ok {
		return fmt.Errorf("there is no %s that both sides know: here %v, there %v",
			negotiation.What, negotiation.SupportedAlgorithms, negotiation.RequestedAlgorithms)
	}
	switch speaksSSH := bytes.HasPrefix(lastLine(g.text), []byte("SSH-")); {
	case speaksSSH && isEnd(err):
		return fmt.Errorf("it closed the connection before it showed its key: %w; "+
			"too many may be waiting to be let in (MaxStartups), its log says why", err)
	case speaksSSH:
		return err
	case said == "" && isEnd(err):
		return fmt.Errorf("it closed the connection without a word: %w; too many may be waiting to be let in (MaxStartups), "+
			"or it bars this machine; its log says why", err)
	}
	return fmt.Errorf("it does not speak SSH: %w; it said: %q", err, said)
}

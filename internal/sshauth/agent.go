package sshauth

import (
	"context"
	"net"

	"golang.org/x/crypto/ssh/agent"
)

// fromAgent gives the keys that the agent holds. One that does not answer is told,
// and the files' keys are tried.
func (w *Identity) fromAgent() (keys []key) {
	socket := w.host.IdentityAgent
	if socket == "" {
		return nil
	}
	conn, err := new(net.Dialer).DialContext(w.ctx, "unix", socket)
	if err != nil {
		w.agentGone(socket, err)
		return nil
	}
	context.AfterFunc(w.ctx, func() { conn.Close() }) // it signs until then
	signers, err := agent.NewClient(conn).Signers()
	if err != nil {
		w.agentGone(socket, err)
		return nil
	}
	for _, signer := range signers {
		keys = append(keys, key{signer.PublicKey(), signer, "agent"})
	}
	return keys
}

func (w *Identity) agentGone(socket string, err error) {
	w.note("the agent at %s does not answer (%v): start one, or unset SSH_AUTH_SOCK", socket, err)
	w.logger.Warn("ssh: the agent does not answer", "socket", socket, "error", err)
}

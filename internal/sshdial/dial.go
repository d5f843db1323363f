package sshdial

import (
	"context"
	"errors"
	"fmt"
	"net"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/proxycommand"
)

// dial connects to the hop, from the one before if there is one.
func (a *attempt) dial(ctx context.Context, before *link) (net.Conn, error) {
	switch {
	case before != nil:
		return a.jump(ctx, before)
	case a.hop.ProxyCommand != "" && a.settings.Dial != nil:
		return nil, errors.New("its ProxyCommand would run on this machine, and not where it is to be reached from; " +
			"give the host ProxyCommand none")
	case a.hop.ProxyCommand != "":
		return proxycommand.Start(a.hop.ProxyCommand)
	case a.settings.Dial != nil:
		return a.settings.Dial(ctx, a.network(), a.hop.Address())
	}
	conn, err := new(net.Dialer).DialContext(ctx, a.network(), a.hop.Address())
	if err != nil {
		return nil, err
	}
	return quick(conn), nil
}

func (a *attempt) network() string {
	switch a.hop.AddressFamily {
	case "inet":
		return "tcp4"
	case "inet6":
		return "tcp6"
	}
	return "tcp"
}

// jump has the server before connect.
func (a *attempt) jump(ctx context.Context, before *link) (net.Conn, error) {
	conn, err := before.client.DialContext(ctx, "tcp", a.hop.Address())
	if err == nil {
		return conn, nil
	}
	if refused, ok := errors.AsType[*ssh.OpenChannelError](err); ok && refused.Reason == ssh.Prohibited {
		return nil, fmt.Errorf("%s does not let connections through (AllowTcpForwarding in its sshd_config): %w", before.name, err)
	}
	return nil, fmt.Errorf("from %s: %w", before.name, err)
}

package gateway

import (
	"context"
	"fmt"
	"net"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/reach"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/socket"
)

// defaultListen is where a socket server that is installed listens if the spec does
// not say: where nobody but its own machine gets to.
const defaultListen = "127.0.0.1:0"

// installVia starts a socket server on the far side of an open gateway and opens
// this one to it. The server ends with this gateway.
func (gw *Gateway) installVia(start *starting) (process, error) {
	address := gw.spec.Address
	if address == "" {
		address = defaultListen
	}
	server, listening, err := ask[request.Serving](start.ctx, gw.host, request.Serve, request.Addr{Text: address})
	if err != nil {
		if start.ctx.Err() != nil {
			err = context.Cause(start.ctx)
		}
		return nil, fmt.Errorf("installvia %s: %w", gw.host.ID(), err)
	}
	p, err := gw.openInstalled(start, listening)
	if err != nil {
		server.Close()
		return nil, err
	}
	return &installed{p, server}, nil
}

// openInstalled opens the gateway to a server that was just started.
func (gw *Gateway) openInstalled(start *starting, listening request.Serving) (process, error) {
	spec, err := reach.Parse(listening.Spec)
	if err != nil {
		return nil, &socket.Error{Stage: StageStart, Err: fmt.Errorf("installvia %s: what its server answers: %w", gw.host.ID(), err)}
	}
	gw.spec.Address, gw.spec.Key, gw.spec.Token = reachable(spec.Address, gw.host.Info().Host), spec.Key, spec.Token
	return gw.openSocket(start)
}

// reachable gives a server that listens at all addresses of its machine the name of
// that.
func reachable(address, host string) string {
	name, port, err := net.SplitHostPort(address)
	if err != nil {
		return address
	}
	if ip := net.ParseIP(name); name != "" && (ip == nil || !ip.IsUnspecified()) {
		return address
	}
	return net.JoinHostPort(host, port)
}

// installed is a process behind a server of its own.
type installed struct {
	process
	server *channel.Channel
}

// End ends the server when the process has ended.
func (p *installed) End(ctx context.Context) error {
	defer p.server.Close()
	return p.process.End(ctx)
}

package gateway

import (
	"context"
	"fmt"
	"io"
	"net"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/streamconn"
)

// Dial connects to an address on the far side's network, as a net.Dialer would
// there: network and address are those of net.Dial, names are looked up over there.
// The connection's bytes go through the gateway, as a channel of it, and end with
// it. ctx bounds only the dialling.
//
// It can stand for the dialer of an http.Transport.
func (gw *Gateway) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	ch, answer, err := ask[request.Dialed](ctx, gw, request.Dial, request.Addr{Net: network, Text: address})
	if err != nil {
		return nil, fmt.Errorf("gateway %s: %w", gw.ID(), err)
	}
	return streamconn.New(ch, answer.Local, answer.Remote), nil
}

// ask makes a request on a channel of its own and gives the answer, with the
// channel still open.
func ask[A any](ctx context.Context, gw *Gateway, label string, item any) (*channel.Channel, A, error) {
	var answer A
	ch, err := gw.mux.Open(ctx, label)
	if err != nil {
		return nil, answer, err
	}
	if err = ch.Send(ctx, item); err == nil {
		err = ch.ReceiveInto(ctx, &answer)
	}
	if err == nil {
		return ch, answer, nil
	}
	if err == io.EOF { // not errors.Is: a far error or the cause of a loss may match it too
		err = fmt.Errorf("the far side ended the request %q without an answer", label)
	}
	ch.CloseWithError(err)
	return nil, answer, err
}

// spawn starts a worker as a child process of the hop's worker.
func (gw *Gateway) spawn(start *starting) (process, error) {
	ch, err := gw.askToSpawn(start)
	if err != nil {
		if start.ctx.Err() != nil {
			err = context.Cause(start.ctx)
		}
		return nil, fmt.Errorf("via %s: %w", gw.hop.ID(), err)
	}
	conn := streamconn.New(ch, request.Addr{}, request.Addr{})
	return relay.NewConn(conn, relay.Buffered(conn), func() { conn.Close() }, gw.printRaw()), nil
}

// askToSpawn has the hop's worker start another, or a program, which is sent if it is
// missing.
func (gw *Gateway) askToSpawn(start *starting) (ch *channel.Channel, err error) {
	if gw.built == nil {
		ch, _, err = ask[request.Spawning](start.ctx, gw.hop, request.Spawn, request.Spawned{Worker: gw.spec.Worker, Env: gw.spec.Env})
		return ch, err
	}
	err = start.here(func(ctx context.Context) error {
		return gw.hop.untilKept(ctx, gw.built.name, gw.built.file, func() (bool, error) {
			start.alive()            // the far side has its time to answer,
			defer start.timer.Stop() // and none to be sent a program
			var answer request.Spawning
			ch, answer, err = ask[request.Spawning](ctx, gw.hop, request.Spawn, request.Spawned{Program: gw.built.file.Hash})
			if err == nil && answer.Missing {
				ch.Close()
			}
			return answer.Missing, err
		})
	})
	return ch, err
}

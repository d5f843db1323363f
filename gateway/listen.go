package gateway

import (
	"context"
	"fmt"
	"net"
	"sync"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/streamconn"
)

// Listen listens at an address of the far side's network, as net.Listen would there.
// What connects over there is accepted here; its bytes go through the gateway. ctx
// bounds only the call. The listener ends with its Close and with the gateway;
// connections that were accepted outlive its Close.
func (gw *Gateway) Listen(ctx context.Context, network, address string) (net.Listener, error) {
	ch, at, err := ask[request.Addr](ctx, gw, request.Listen, request.Addr{Net: network, Text: address})
	if err != nil {
		return nil, fmt.Errorf("gateway %s: %w", gw.ID(), err)
	}
	return &listener{ch: ch, at: at, closed: make(chan struct{})}, nil
}

// A listener gets connections from the far side as items.
type listener struct {
	ch     *channel.Channel
	at     net.Addr
	once   sync.Once
	closed chan struct{}
}

// Accept waits for the next connection.
func (l *listener) Accept() (net.Conn, error) {
	accepted, err := channel.Receive[request.Accepted](context.Background(), l.ch)
	select {
	case <-l.closed:
		if err == nil {
			accepted.Channel.Close()
		}
		err = net.ErrClosed
	default:
	}
	if err != nil {
		return nil, &net.OpError{Op: "accept", Net: l.at.Network(), Addr: l.at, Err: err}
	}
	return streamconn.New(accepted.Channel, accepted.Local, accepted.Remote), nil
}

// Close ends the listener over there, and what it took that nobody accepted here.
func (l *listener) Close() error {
	l.once.Do(func() {
		close(l.closed)
		l.ch.Cancel(net.ErrClosed)
		go l.drop() // ends when the far side has ended the listener, or with the gateway
	})
	return nil
}

func (l *listener) drop() {
	defer l.ch.Close()
	for {
		accepted, err := channel.Receive[request.Accepted](context.Background(), l.ch)
		if err != nil {
			return
		}
		accepted.Channel.Close()
	}
}

// Addr is the address over there.
func (l *listener) Addr() net.Addr { return l.at }

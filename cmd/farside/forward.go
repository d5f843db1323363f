package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"github.com/farside-go/farside/internal/streamconn"
)

func forwardCommand(t *terminal) *cobra.Command {
	var local, remote []string
	cmd := &cobra.Command{
		Use:   "forward [--on SPEC] (-L | -R) [BIND:]PORT:HOST:PORT ...",
		Short: "Forward connections to and from a far side's network",
		Long: `Forward connections to and from a far side's network.

With -L connections to PORT here go to HOST:PORT as the far side sees them, with
-R connections to PORT over there go to HOST:PORT as seen from here. Without BIND
they are taken on loopback only; PORT 0 takes a free one. Both may be given several
times. What is forwarded is printed; Ctrl-C ends it.`,
		Example: `  farside forward --on 'socket=HOST:7000//key=SHA256:...//token-file=t' -L 8080:localhost:80
  farside forward --on popen -R 0:localhost:5432`,
		Args: usage(func(cmd *cobra.Command, args []string) error {
			if len(local)+len(remote) == 0 {
				return errors.New("forward needs -L or -R, as in -L 8080:localhost:80")
			}
			return cobra.NoArgs(cmd, args)
		}),
	}
	specs := onFlag(cmd)
	cmd.Flags().StringArrayVarP(&local, "local", "L", nil, "take connections here, at `[BIND:]PORT:HOST:PORT`")
	cmd.Flags().StringArrayVarP(&remote, "remote", "R", nil, "take connections over there, at `[BIND:]PORT:HOST:PORT`")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		first, second, stop := interrupts(cmd.Context())
		defer stop()
		far, err := open(first, *specs, t)
		if err != nil {
			return err
		}
		defer context.AfterFunc(second, func() { far.Kill() })()
		defer far.Close()
		return forward(first, far, local, remote, t)
	}
	return cmd
}

// A tunnel takes connections at one place and passes them to another.
type tunnel struct {
	from net.Listener
	to   string
	dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// forward runs tunnels until ctx ends or the far side is lost.
func forward(ctx context.Context, far *farSide, local, remote []string, t *terminal) error {
	var tunnels []*tunnel
	defer func() {
		for _, tunnel := range tunnels {
			tunnel.from.Close()
		}
	}()
	here := new(net.ListenConfig)
	for i, text := range append(append([]string{}, local...), remote...) {
		at, to, err := splitTunnel(text)
		if err != nil {
			return usageError{err}
		}
		tunnel, direction := &tunnel{to: to, dial: far.Dial}, "here"
		if i < len(local) {
			tunnel.from, err = here.Listen(ctx, "tcp", at)
		} else {
			tunnel.dial, direction = new(net.Dialer).DialContext, "there"
			tunnel.from, err = far.Listen(ctx, "tcp", at)
		}
		if err != nil {
			return err
		}
		tunnels = append(tunnels, tunnel)
		fmt.Fprintf(t.out, "from %s %s to %s\n", tunnel.from.Addr(), direction, to)
	}
	for _, tunnel := range tunnels {
		go tunnel.run(ctx, t) // ends with its listener
	}
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-far.Done():
		return far.Err()
	}
}

// splitTunnel reads [BIND:]PORT:HOST:PORT.
func splitTunnel(text string) (from, to string, err error) {
	parts := splitAddress(text)
	switch len(parts) {
	case 3:
		return net.JoinHostPort("127.0.0.1", parts[0]), net.JoinHostPort(parts[1], parts[2]), nil
	case 4:
		return net.JoinHostPort(parts[0], parts[1]), net.JoinHostPort(parts[2], parts[3]), nil
	}
	return "", "", fmt.Errorf("%q is not of the form [BIND:]PORT:HOST:PORT", text)
}

// splitAddress splits at colons that are not in brackets, and takes those away.
func splitAddress(text string) (parts []string) {
	for {
		end := strings.IndexByte(text, ':')
		if strings.HasPrefix(text, "[") {
			if inner, rest, ok := strings.Cut(text[1:], "]"); ok && (rest == "" || rest[0] == ':') {
				parts = append(parts, inner)
				if rest == "" {
					return parts
				}
				text = rest[1:]
				continue
			}
		}
		if end < 0 {
			return append(parts, text)
		}
		parts, text = append(parts, text[:end]), text[end+1:]
	}
}

// run takes connections until the listener ends, and passes each on.
func (tn *tunnel) run(ctx context.Context, t *terminal) {
	var passing sync.WaitGroup
	defer passing.Wait()
	for {
		conn, err := tn.from.Accept()
		if err != nil {
			return
		}
		passing.Go(func() {
			if err := tn.pass(ctx, conn); err != nil && ctx.Err() == nil {
				t.complain(fmt.Errorf("forward %s to %s: %w", conn.RemoteAddr(), tn.to, err))
			}
		})
	}
}

// pass dials where a connection is to go and passes its bytes until it ends.
func (tn *tunnel) pass(ctx context.Context, conn net.Conn) error {
	defer conn.Close()
	to, err := tn.dial(ctx, "tcp", tn.to)
	if err != nil {
		return err
	}
	defer to.Close()
	defer context.AfterFunc(ctx, func() {
		conn.Close()
		to.Close()
	})()
	from, err := streamconn.Half(conn)
	if err != nil {
		return err
	}
	half, err := streamconn.Half(to)
	if err != nil {
		return err
	}
	return streamconn.Pass(from, half)
}

// Command socketserver starts a child process, has it run a socket server on the
// first free port of a range, opens a gateway to that server and runs code there.
// It is the example with which execnet's channels were proposed in 2004.
package main

import (
	"context"
	"fmt"
	"log"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/interp"
)

// startServer is run by the child process. The server ends with the channel.
const startServer = `
	import "github.com/farside-go/farside/bootstrap"

	func startServer(ctx context.Context, ch *channel.Channel) error {
		ports, err := channel.Get[[]int](ctx, ch, "portrange")
		if err != nil {
			return err
		}
		for port := ports[0]; port < ports[1]; port++ {
			listener, err := bootstrap.Listen(net.JoinHostPort("localhost", strconv.Itoa(port)))
			if err != nil {
				continue // somebody else's
			}
			server, err := bootstrap.NewServer(nil)
			if err != nil {
				return err
			}
			context.AfterFunc(ctx, func() { server.Close() })
			err = ch.Set(ctx, map[string]any{"listenport": port, "spec": server.Spec(listener.Addr())})
			if err != nil {
				return err
			}
			fmt.Println("started server with socket")
			return server.Serve(listener)
		}
		return ch.Set(ctx, map[string]any{"listenport": nil, "spec": ""})
	}
`

func main() {
	interp.Main() // a child process of this program is its far side
	if err := run(context.Background(), 7770, 7800); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, from, to int) error {
	popen, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		return err
	}
	defer popen.Close()
	ch, err := popen.Exec(ctx, gateway.Source(startServer))
	if err != nil {
		return err
	}
	if err := ch.Set(ctx, map[string]any{"portrange": []int{from, to}}); err != nil {
		return err
	}
	spec, err := awaitServer(ctx, ch)
	if err != nil {
		return err
	}
	socket, err := gateway.Open(ctx, spec, nil)
	if err != nil {
		return err
	}
	defer socket.Close()
	answer, err := gateway.Call[string](ctx, socket, gateway.Source(`return "run behind a socket, on " + runtime.GOOS`))
	if err != nil {
		return err
	}
	fmt.Println(answer)
	return nil
}

// awaitServer waits until the server listens, and gives the spec that reaches it.
func awaitServer(ctx context.Context, ch *channel.Channel) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	port, err := channel.Get[*int](ctx, ch, "listenport")
	if err != nil {
		return "", fmt.Errorf("wait for the server: %w", err)
	}
	if port == nil {
		return "", fmt.Errorf("could not set up a socket server: none of the ports is free")
	}
	return channel.Get[string](ctx, ch, "spec")
}

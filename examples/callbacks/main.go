// Command callbacks lets the far side call back: it is handed a channel on which
// to report, and a callback of the near side runs for each report, while the near
// side does something else.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/interp"
)

// work gets the channel to report on as its first argument.
const work = `
	func work(ctx context.Context, ch *channel.Channel, report *channel.Channel, steps int) error {
		defer report.Close()
		for i := 1; i <= steps; i++ {
			if err := report.Send(ctx, map[string]any{"step": i, "of": steps}); err != nil {
				return err
			}
		}
		return ch.Send(ctx, "the work is done")
	}
`

func main() {
	interp.Main()

	ctx := context.Background()
	gw, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer gw.Close()
	if err := run(ctx, gw); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, gw *gateway.Gateway) error {
	report, err := gw.NewChannel(ctx)
	if err != nil {
		return err
	}
	ended := make(chan error, 1)
	_, err = report.Subscribe(&channel.Callbacks{
		Item: func(item any) {
			step := item.(map[string]any)
			fmt.Printf("step %v of %v\n", step["step"], step["of"])
		},
		End: func(err error) { ended <- err },
	})
	if err != nil {
		return err
	}
	ch, err := gw.Exec(ctx, gateway.Source(work), report, 3)
	if err != nil {
		return err
	}
	answer, err := channel.Receive[string](ctx, ch)
	if err != nil {
		return err
	}
	fmt.Println("end of reports:", <-ended) // after the last callback
	fmt.Println(answer)
	return nil
}

// Command bindings uses named values as parameters and as signals, in both
// directions: the near side binds what to do, the far side how far it is, and the
// near side then that it is enough.
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

// search looks for squares with a given last digit until it is told to stop.
const search = `
	from, err := channel.Get(ctx, "from")
	if err != nil {
		return err
	}
	digit, err := channel.Get(ctx, "digit")
	if err != nil {
		return err
	}
	seen := any(0)
	for n := from.(int); ; n++ {
		if n*n%10 != digit.(int) {
			continue
		}
		channel.Set(ctx, map[string]any{"found": n})
		if seen, err = channel.GetChanged(ctx, "seen", seen); err != nil {
			return err
		}
		if stop, err := channel.Get(ctx, "stop"); err != nil || stop.(bool) {
			return err
		}
	}
`

func main() {
	interp.Main()

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
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
	ch, err := gw.Exec(ctx, gateway.Source(search))
	if err != nil {
		return err
	}
	// Parameters: all at once, and the far side finds them whenever it looks.
	if err := ch.Set(ctx, map[string]any{"from": 10, "digit": 6, "seen": 0, "stop": false}); err != nil {
		return err
	}
	found, err := channel.Get[int](ctx, ch, "found")
	for count := 1; err == nil; count++ {
		fmt.Printf("%d x %d = %d\n", found, found, found*found)
		// A signal: this one is seen, and after the third it is enough.
		if err := ch.Set(ctx, map[string]any{"seen": found, "stop": count == 3}); err != nil {
			return err
		}
		if count == 3 {
			break
		}
		var next any
		if next, err = ch.GetChanged(ctx, "found", found); err == nil {
			found = next.(int)
		}
	}
	if err != nil {
		return err
	}
	for _, err := range ch.All(ctx) { // until the program has ended
		if err != nil {
			return err
		}
	}
	fmt.Println("the far side stopped")
	return nil
}

// Command fanout opens ten far sides at once, spreads work over them and takes
// the results as they come.
package main

import (
	"context"
	"fmt"
	"log"
	"sync"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/interp"
)

const farSides = 10

// sum adds the numbers of a range, in a process of its own.
var sum = gateway.Source(`
	func sum(ctx context.Context, from, to int) (int, error) {
		total := 0
		for n := from; n < to; n++ {
			total += n
		}
		return total, nil
	}
`)

// A result is one far side's.
type result struct {
	gateway string
	total   int
	err     error
}

func main() {
	interp.Main()

	total := 0
	seen := map[string]bool{}
	for r := range fanOut(context.Background(), 1000) {
		if r.err != nil {
			log.Fatal(r.err)
		}
		seen[r.gateway] = true
		total += r.total
	}
	fmt.Println(len(seen), "far sides")
	fmt.Println("total", total)
}

// fanOut gives each far side a range of the given size.
func fanOut(ctx context.Context, size int) <-chan result {
	results := make(chan result)
	var running sync.WaitGroup
	for i := range farSides {
		running.Go(func() { results <- oneFarSide(ctx, i, size) })
	}
	go func() {
		running.Wait()
		close(results)
	}()
	return results
}

func oneFarSide(ctx context.Context, i, size int) result {
	gw, err := gateway.Open(ctx, fmt.Sprintf("popen//id=worker%d", i), nil)
	if err != nil {
		return result{err: err}
	}
	defer gw.Close()
	total, err := gateway.Call[int](ctx, gw, sum, i*size, (i+1)*size)
	return result{gw.ID(), total, err}
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

func builtFigures() []figure {
	return []figure{
		{
			work: "built: a small source, to its first result", unit: "ms",
			farside: firstBuild,
			reach:   "<= 700 ms",
			reached: func(_, fs, _ float64) bool { return fs <= 700 },
		},
		{
			work: "built: the same again", unit: "ms",
			farside: buildAgain,
			reach:   "<= 25 ms",
			reached: func(_, fs, _ float64) bool { return fs <= 25 },
		},
		{
			work: "built: fib(40), floor by hand", unit: "ms",
			floor: fibByHand, farside: fibBuilt,
			reach:   "<= 1.03 floor",
			reached: func(fl, fs, _ float64) bool { return fs <= 1.03*fl },
		},
		{
			work: "built: items of 8 at once, floor of one", unit: "us",
			floor: itemsOfBuilt(1), farside: itemsOfBuilt(8),
			reach:   "<= 1.2 floor",
			reached: func(fl, fs, _ float64) bool { return fs <= 1.2*fl },
		},
	}
}

// oneSource is a program that no cache has seen.
func oneSource() *gateway.Program {
	return gateway.BuildSource(fmt.Sprintf("func One(ctx context.Context) int { return %d - %[1]d + 1 }", time.Now().UnixNano()), nil)
}

// firstBuild gives milliseconds to compile a program, send it, start it and have its result.
func firstBuild(scale int) (float64, error) {
	gw, err := interpreted()
	if err != nil {
		return 0, err
	}
	defer gw.Close()
	return timePer(max(10/scale, 1), time.Millisecond, func(int) error { return callOne(gw, oneSource()) })
}

// buildAgain gives milliseconds for a program that was built and sent before.
func buildAgain(scale int) (float64, error) {
	gw, err := interpreted()
	if err != nil {
		return 0, err
	}
	defer gw.Close()
	one := oneSource()
	if err := callOne(gw, one); err != nil {
		return 0, err
	}
	return timePer(max(100/scale, 1), time.Millisecond, func(int) error { return callOne(gw, one) })
}

func callOne(gw *gateway.Gateway, one *gateway.Program) error {
	n, err := gateway.Call[int](context.Background(), gw, one)
	if err == nil && n != 1 {
		err = fmt.Errorf("it gave %d", n)
	}
	return err
}

const fibSource = `package main

import "fmt"

func fib(n int) int {
	if n < 2 {
		return n
	}
	return fib(n-1) + fib(n-2)
}

func main() { fmt.Println(fib(40)) }
`

const fib40 = "102334155\n"

// fibByHand gives milliseconds for the program when it is compiled and run by hand.
func fibByHand(int) (float64, error) {
	dir, err := os.MkdirTemp("", "farside-bench-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	source, program := filepath.Join(dir, "fib.go"), filepath.Join(dir, "fib")
	if err := os.WriteFile(source, []byte(fibSource), 0o600); err != nil {
		return 0, err
	}
	if out, err := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-o", program, source).CombinedOutput(); err != nil {
		return 0, fmt.Errorf("go build: %w: %s", err, out)
	}
	return timePer(3, time.Millisecond, func(int) error {
		out, err := exec.Command(program).Output()
		return wantFib(string(out), err)
	})
}

// fibBuilt gives milliseconds for the same on a far side.
func fibBuilt(int) (float64, error) {
	gw, err := interpreted()
	if err != nil {
		return 0, err
	}
	defer gw.Close()
	fib := func(int) error {
		var out strings.Builder
		program := gateway.BuildSource(fibSource, nil)
		program.Stdout = &out
		_, err := gateway.Call[any](context.Background(), gw, program)
		return wantFib(out.String(), err)
	}
	if err := fib(0); err != nil { // compiles
		return 0, err
	}
	return timePer(3, time.Millisecond, fib)
}

func wantFib(out string, err error) error {
	if err == nil && out != fib40 {
		err = fmt.Errorf("it printed %q", out)
	}
	return err
}

// itemsOfBuilt gives microseconds for an item there and back, of all that go between n
// programs at once and here.
func itemsOfBuilt(n int) func(int) (float64, error) {
	return func(scale int) (float64, error) {
		gw, err := interpreted()
		if err != nil {
			return 0, err
		}
		defer gw.Close()
		channels := make([]*channel.Channel, n)
		for i := range channels {
			if channels[i], err = gw.Exec(context.Background(), gateway.BuildSource(echoSource, nil)); err != nil {
				return 0, err
			}
			if err := thereAndBack(channels[i], 0); err != nil { // it runs
				return 0, err
			}
		}
		items := 5000 / scale
		errs := make([]error, n)
		var running sync.WaitGroup
		start := time.Now()
		for i, ch := range channels {
			running.Go(func() {
				for item := 0; item < items && errs[i] == nil; item++ {
					errs[i] = thereAndBack(ch, item)
				}
			})
		}
		running.Wait()
		return float64(time.Since(start)) / float64(n*items) / float64(time.Microsecond), errors.Join(errs...)
	}
}

func thereAndBack(ch *channel.Channel, item int) error {
	ctx := context.Background()
	if err := ch.Send(ctx, item); err != nil {
		return err
	}
	got, err := channel.Receive[int](ctx, ch)
	if err == nil && got != item {
		err = fmt.Errorf("sent %d, got %d", item, got)
	}
	return err
}

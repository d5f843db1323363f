package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/worker"
)

// Run is the far side without the interpreter.
func (native) Run(ctx context.Context, job *worker.Job) (any, error) {
	ch := job.Channel
	switch job.Source {
	case echoNative:
		for {
			n, err := channel.Receive[int](ctx, ch)
			if err != nil {
				return nil, nil
			}
			if err := ch.Send(ctx, n); err != nil {
				return nil, err
			}
		}
	case oneNative:
		return 1, nil
	case sinkNative:
		n, err := channel.Receive[int](ctx, ch)
		for range n {
			if _, err = ch.Receive(ctx); err != nil {
				break
			}
		}
		return 0, err
	}
	return nil, errors.New("no such program")
}

const (
	echoNative = "echo"
	sinkNative = "sink"
	oneNative  = "one"

	echoSource = `
		for {
			item, err := channel.Receive(ctx)
			if err != nil {
				return
			}
			channel.Send(ctx, item)
		}`

	sinkSource = `
		n, err := channel.Receive(ctx)
		for i := 0; i < n.(int) && err == nil; i++ {
			_, err = channel.Receive(ctx)
		}
		return 0, err`
)

// An opener gives a gateway to a far side.
type opener func() (*gateway.Gateway, error)

// interpreted opens a far side that runs source, and compiled one that does not.
func interpreted() (*gateway.Gateway, error) {
	return gateway.Open(context.Background(), "popen", nil)
}

func compiled() (*gateway.Gateway, error) {
	os.Setenv(nativeVariable, "1")
	defer os.Unsetenv(nativeVariable)
	return interpreted()
}

// roundTrip gives microseconds for an int there and back.
func roundTrip(open opener, source string) func(int) (float64, error) {
	return func(scale int) (float64, error) {
		ctx := context.Background()
		gw, err := open()
		if err != nil {
			return 0, err
		}
		defer gw.Close()
		ch, err := gw.Exec(ctx, gateway.Source(source))
		if err != nil {
			return 0, err
		}
		return timePer(20000/scale, time.Microsecond, func(i int) error {
			if err := ch.Send(ctx, i); err != nil {
				return err
			}
			n, err := channel.Receive[int](ctx, ch)
			if err == nil && n != i {
				err = fmt.Errorf("sent %d, got %d", i, n)
			}
			return err
		})
	}
}

// oneWay gives items a second.
func oneWay(open opener, source string, n int, item any, unit float64) func(int) (float64, error) {
	return func(scale int) (float64, error) {
		ctx := context.Background()
		gw, err := open()
		if err != nil {
			return 0, err
		}
		defer gw.Close()
		n := n / scale
		ch, err := gw.Exec(ctx, gateway.Source(source))
		if err != nil {
			return 0, err
		}
		start := time.Now()
		if err := ch.Send(ctx, n); err != nil {
			return 0, err
		}
		for range n {
			if err := ch.Send(ctx, item); err != nil {
				return 0, err
			}
		}
		if _, err := channel.Receive[int](ctx, ch); err != nil {
			return 0, err
		}
		return float64(n) * unit / time.Since(start).Seconds(), nil
	}
}

// firstResult gives milliseconds from nothing to the first result of a program.
func firstResult(open opener, source string) func(int) (float64, error) {
	return func(scale int) (float64, error) {
		var total time.Duration
		n := max(20/scale, 1)
		for range n {
			took, err := openAndCall(open, source)
			if err != nil {
				return 0, err
			}
			total += took
		}
		return float64(total) / float64(n) / float64(time.Millisecond), nil
	}
}

// openAndCall gives how long the first result takes; closing does not count.
func openAndCall(open opener, source string) (time.Duration, error) {
	start := time.Now()
	gw, err := open()
	if err != nil {
		return 0, err
	}
	if _, err := gateway.Call[int](context.Background(), gw, gateway.Source(source)); err != nil {
		return 0, errors.Join(err, gw.Close())
	}
	return time.Since(start), gw.Close()
}

// execAgain gives microseconds for a one-line Source on an open gateway.
func execAgain(scale int) (float64, error) {
	ctx := context.Background()
	gw, err := interpreted()
	if err != nil {
		return 0, err
	}
	defer gw.Close()
	one := gateway.Source("channel.Send(ctx, 1)")
	return timePer(2000/scale, time.Microsecond, func(int) error {
		ch, err := gw.Exec(ctx, one)
		if err != nil {
			return err
		}
		defer ch.Close()
		_, err = ch.Receive(ctx)
		return err
	})
}

// next is a function that both sides have.
var next = gateway.Func(func(_ context.Context, n int) (int, error) { return n + 1, nil })

// callAgain gives microseconds for a call of it on an open gateway.
func callAgain(scale int) (float64, error) {
	ctx := context.Background()
	gw, err := compiled()
	if err != nil {
		return 0, err
	}
	defer gw.Close()
	return timePer(10000/scale, time.Microsecond, func(i int) error {
		n, err := next.Call(ctx, gw, i)
		if err == nil && n != i+1 {
			err = fmt.Errorf("the number after %d is %d", i, n)
		}
		return err
	})
}

// many gives milliseconds to open n gateways at once and close them.
func many(n int) func(int) (float64, error) {
	return func(int) (float64, error) {
		var running sync.WaitGroup
		gateways, errs := make([]*gateway.Gateway, n), make([]error, n)
		start := time.Now()
		for i := range n {
			running.Go(func() { gateways[i], errs[i] = interpreted() })
		}
		running.Wait()
		for i := range n {
			if errs[i] == nil {
				running.Go(func() { errs[i] = gateways[i].Close() })
			}
		}
		running.Wait()
		return float64(time.Since(start)) / float64(time.Millisecond), errors.Join(errs...)
	}
}

// resident gives an idle worker's memory in MB, after it has run one Source.
func resident(int) (float64, error) {
	gw, err := interpreted()
	if err != nil {
		return 0, err
	}
	defer gw.Close()
	if _, err := gateway.Call[int](context.Background(), gw, gateway.Source("return 1")); err != nil {
		return 0, err
	}
	return rss(gw.Info().PID)
}

// rss reads a process's resident memory in MB.
func rss(pid int) (float64, error) {
	file, err := os.Open("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0, err
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) == 3 && fields[0] == "VmRSS:" {
			kb, err := strconv.Atoi(fields[1])
			return float64(kb) * 1024 / 1e6, err
		}
	}
	return 0, errors.New("no VmRSS")
}

// channelMemory gives KB an idle channel takes on both sides together.
func channelMemory(scale int) (float64, error) {
	const n = 10000
	ctx := context.Background()
	gw, err := compiled()
	if err != nil {
		return 0, err
	}
	defer gw.Close()
	farBefore, err := rss(gw.Info().PID)
	if err != nil {
		return 0, err
	}
	nearBefore := inUse()
	kept := make([]*channel.Channel, n)
	for i := range kept {
		if kept[i], err = gw.NewChannel(ctx); err != nil {
			return 0, err
		}
	}
	if _, err := gw.Status(ctx); err != nil { // all of them have arrived
		return 0, err
	}
	near := inUse() - nearBefore
	farAfter, err := rss(gw.Info().PID)
	if err != nil {
		return 0, err
	}
	runtime.KeepAlive(kept)
	return (near + (farAfter-farBefore)*1e6) / n / 1024, nil
}

func inUse() float64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc + m.StackInuse)
}

package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/worker"
)

// imported is what the engine's Import was given last.
var imported atomic.Value

// release ends the program "ignore".
var release = make(chan struct{}, 1)

// told is from the program "tell cause" to the program "causes of told".
var told = make(chan string, 1)

// programs are what the far side of the tests can run; the files for one system
// add theirs.
var programs = map[string]program{
	"increment": increment,
	"pid":       func(context.Context, *worker.Job) (any, error) { return os.Getpid(), nil },
	"nothing":   func(context.Context, *worker.Job) (any, error) { return nil, nil },
	"fail":      func(context.Context, *worker.Job) (any, error) { return nil, os.ErrNotExist },
	"panic":     func(context.Context, *worker.Job) (any, error) { panic("out of cheese") },
	"goexit":    func(context.Context, *worker.Job) (any, error) { runtime.Goexit(); return nil, nil },
	"unsendable": func(context.Context, *worker.Job) (any, error) {
		return map[string]any{"f": func() {}}, nil
	},
	"fault": func(context.Context, *worker.Job) (any, error) {
		return nil, &channel.Fault{Name: "exit", Text: "exit status 3", Code: 3, File: "a.go", Line: 7}
	},
	"add": func(_ context.Context, job *worker.Job) (any, error) {
		return arg[int](job, 0) + arg[int](job, 1), nil
	},
	"upper": func(_ context.Context, job *worker.Job) (any, error) {
		return []string{strings.ToUpper(arg[string](job, 0)), job.Name, job.Func, job.Session}, nil
	},
	"getenv": func(_ context.Context, job *worker.Job) (any, error) { return os.Getenv(arg[string](job, 0)), nil },
	"getwd":  func(context.Context, *worker.Job) (any, error) { return os.Getwd() },
	"imported": func(context.Context, *worker.Job) (any, error) {
		text, _ := imported.Load().(string)
		return text, nil
	},
	"chatty": func(ctx context.Context, job *worker.Job) (any, error) {
		for i := range 10 {
			if err := job.Channel.Send(ctx, i); err != nil {
				return nil, err
			}
		}
		return "last", nil
	},
	"wait":    wait,
	"release": func(context.Context, *worker.Job) (any, error) { release <- struct{}{}; return true, nil },
	"ignore until the gateway ends": func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		<-ctx.Done()
		job.Channel.Send(context.Background(), "asked to end")
		<-job.Channel.Mux().Done()
		return nil, nil
	},
	"ask before the end": func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		<-ctx.Done()
		job.Channel.Send(context.Background(), "may I?")
		return job.Channel.Receive(context.Background())
	},
	"tell cause": func(ctx context.Context, _ *worker.Job) (any, error) {
		told <- "running"
		<-ctx.Done()
		told <- context.Cause(ctx).Error()
		return nil, nil
	},
	"causes of told": func(ctx context.Context, job *worker.Job) (any, error) {
		for {
			select {
			case text := <-told:
				job.Channel.Send(ctx, text)
			case <-ctx.Done():
				return nil, nil
			}
		}
	},
	"send on": func(ctx context.Context, job *worker.Job) (any, error) {
		return nil, arg[*channel.Channel](job, 0).Send(ctx, "hello")
	},
	"deadline": deadline,
	"ignore": func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		<-release
		return "late", nil
	},
	"spin": func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, "running")
		return spin(), nil
	},
	"print": printAll,
	"print, then wait": func(ctx context.Context, job *worker.Job) (any, error) {
		fmt.Fprintln(job.Stdout, "ready")
		<-ctx.Done()
		_, err := fmt.Fprintln(job.Stdout, "last words")
		return nil, err
	},
	"flood the writer": func(ctx context.Context, job *worker.Job) (any, error) {
		chunk := []byte(strings.Repeat(strings.Repeat("x", 1023)+"\n", 64))
		for ctx.Err() == nil {
			if _, err := job.Stdout.Write(chunk); err != nil {
				return nil, err
			}
		}
		return nil, context.Cause(ctx)
	},
	"items for ever": func(ctx context.Context, job *worker.Job) (any, error) {
		for i := 0; ; i++ {
			if err := job.Channel.Send(ctx, strings.Repeat("x", i%4096)); err != nil {
				return nil, err
			}
		}
	},
	"ask the near side": func(ctx context.Context, job *worker.Job) (any, error) {
		ch, err := job.Channel.Mux().Open(ctx, arg[string](job, 0))
		if err != nil {
			return nil, err
		}
		ch.Send(ctx, map[string]any{"name": "x", "source": "pid"})
		_, err = ch.Receive(ctx)
		return fmt.Sprint(err), nil
	},
	"panic in a goroutine": func(context.Context, *worker.Job) (any, error) {
		fmt.Fprintln(os.Stderr, "before")
		go func() { panic("the roof is on fire") }()
		select {}
	},
	"exit 3": func(context.Context, *worker.Job) (any, error) {
		fmt.Fprintln(os.Stderr, "leaving")
		os.Exit(3)
		return nil, nil
	},
}

func increment(ctx context.Context, job *worker.Job) (any, error) {
	for item, err := range job.Channel.All(ctx) {
		if err != nil {
			return nil, err
		}
		if err := job.Channel.Send(ctx, item.(int)+1); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// wait says that it runs, and at the end of its ctx why; the binding stays when
// the channel is closed.
func wait(ctx context.Context, job *worker.Job) (any, error) {
	job.Channel.Send(ctx, "running")
	<-ctx.Done()
	job.Channel.Set(context.Background(), map[string]any{"cause": context.Cause(ctx).Error()})
	return nil, fmt.Errorf("ended: %w", context.Cause(ctx))
}

func deadline(ctx context.Context, job *worker.Job) (any, error) {
	at, ok := ctx.Deadline()
	if !ok {
		return time.Duration(0), nil
	}
	return time.Until(at), nil
}

var spins atomic.Int64

func spin() int {
	for {
		spins.Add(1)
	}
}

// printAll prints as many numbered lines as its argument says, to both streams.
func printAll(_ context.Context, job *worker.Job) (any, error) {
	for i := range arg[int](job, 0) {
		fmt.Fprintf(job.Stdout, "out %d\n", i)
		fmt.Fprintf(job.Stderr, "err %d\n", i)
	}
	_, err := io.WriteString(job.Stdout, "no end of line")
	return nil, errors.Join(err)
}

//go:build ignore

package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

type server struct {
	wg      sync.WaitGroup
	stopped []string
	mu      sync.Mutex
}

func (s *server) run(ctx context.Context, name string) {
	s.wg.Go(func() {
		<-ctx.Done()
		s.mu.Lock()
		defer s.mu.Unlock()
		s.stopped = append(s.stopped, name)
	})
}

func send(sig syscall.Signal) error {
	p, err := os.FindProcess(os.Getpid())
	if err != nil {
		return err
	}
	return p.Signal(sig)
}

func main() {
	c := make(chan os.Signal, 4)
	signal.Notify(c, syscall.SIGUSR1, syscall.SIGUSR2)
	for _, s := range []syscall.Signal{syscall.SIGUSR1, syscall.SIGUSR2, syscall.SIGUSR1} {
		if err := send(s); err != nil {
			fmt.Println(err)
		}
		switch got := <-c; got {
		case syscall.SIGUSR1:
			fmt.Println("one", got)
		default:
			fmt.Println("other", got, got == os.Signal(s), int(got.(syscall.Signal)) == int(s))
		}
	}
	signal.Stop(c)
	signal.Ignore(syscall.SIGUSR1)
	fmt.Println(signal.Ignored(syscall.SIGUSR1), signal.Ignored(syscall.SIGUSR2))
	send(syscall.SIGUSR1)
	fmt.Println(len(c))
	signal.Reset(syscall.SIGUSR1)

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGUSR2)
	var s server
	for i := range 3 {
		s.run(ctx, fmt.Sprint("w", i))
	}
	fmt.Println(ctx.Err())
	send(syscall.SIGUSR2)
	s.wg.Wait()
	stop()
	fmt.Println(len(s.stopped), ctx.Err(), context.Cause(ctx))

	both := make(chan os.Signal, 1)
	hup := make(chan os.Signal, 1)
	signal.Notify(both, syscall.SIGHUP, syscall.SIGUSR1)
	signal.Notify(hup, syscall.SIGHUP)
	send(syscall.SIGHUP)
	fmt.Println(<-both, <-hup)
	reloads := 0
	done := make(chan struct{})
	go func() {
		defer close(done)
		for sig := range hup {
			if reloads++; reloads == 2 {
				fmt.Println("reloaded twice, last by", sig)
				return
			}
			send(syscall.SIGHUP)
		}
	}()
	send(syscall.SIGHUP)
	<-done
	signal.Reset()
	fmt.Println(syscall.SIGTERM, syscall.Signal(0), syscall.SIGINT == os.Interrupt, os.Kill)
	defer fmt.Println("never: the exit below ends the program")
	os.Exit(128 + int(syscall.SIGTERM))
}

//go:build ignore

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

type key string
type userKey struct{}
type user struct{ name string }

var errShutdown = errors.New("shutting down")

func worker(ctx context.Context, id int, out chan<- string) {
	<-ctx.Done()
	out <- fmt.Sprint(id, " ", ctx.Err(), " because ", context.Cause(ctx))
}

func withUser(ctx context.Context, u user) context.Context {
	return context.WithValue(ctx, userKey{}, &u)
}
func userFrom(ctx context.Context) (u user, ok bool) {
	p, ok := ctx.Value(userKey{}).(*user)
	if ok {
		u = *p
	}
	return
}

// A merged context ends with the first of two.
type merged struct {
	context.Context
	other context.Context
}

func (m merged) Value(k any) any {
	if v := m.Context.Value(k); v != nil {
		return v
	}
	return m.other.Value(k)
}

func merge(a, b context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(merged{a, b})
	stop := context.AfterFunc(b, func() { cancel(context.Cause(b)) })
	return ctx, func() { stop(); cancel(nil) }
}

// An own context: it is never done and knows one value.
type own struct{ val string }

func (own) Deadline() (t time.Time, ok bool) { return }
func (own) Done() <-chan struct{}            { return nil }
func (own) Err() error                       { return nil }
func (o own) Value(k any) any {
	if k == any(key("own")) {
		return o.val
	}
	return nil
}
func (o own) String() string { return "own context" }

func process(ctx context.Context, items ...int) (done int, err error) {
	for range items {
		if err := ctx.Err(); err != nil {
			return done, fmt.Errorf("after %d: %w", done, context.Cause(ctx))
		}
		if done++; done == 2 {
			ctx.Value(key("cancel")).(func())()
		}
	}
	return
}

func main() {
	root, cancelRoot := context.WithCancelCause(context.Background())
	child, cancelChild := context.WithCancel(root)
	defer cancelChild()
	detached := context.WithoutCancel(child)
	out := make(chan string)
	go worker(child, 1, out)
	cancelRoot(errShutdown)
	fmt.Println(<-out)
	cancelRoot(errors.New("too late"))
	fmt.Println(errors.Is(context.Cause(child), errShutdown), child.Err() == context.Canceled, detached.Err(), detached.Done() == nil)

	ctx := withUser(context.Background(), user{"ann"})
	ctx = context.WithValue(ctx, key("a"), 1)
	ctx = context.WithValue(ctx, key("a"), 2)
	u, ok := userFrom(ctx)
	_, none := userFrom(context.TODO())
	fmt.Println(u, ok, none, ctx.Value(key("a")), ctx.Value("a"), ctx.Value(key("b")))

	stopCtx, stop := context.WithCancel(context.Background())
	pctx := context.WithValue(stopCtx, key("cancel"), func() { stop() })
	fmt.Println(process(pctx, 1, 2, 3, 4))

	other, cancelOther := context.WithCancelCause(withUser(context.Background(), user{"other"}))
	m, cancel := merge(context.WithValue(context.Background(), key("a"), "left"), other)
	defer cancel()
	u, _ = userFrom(m)
	fmt.Println(u.name, m.Value(key("a")), m.Err())
	cancelOther(errShutdown)
	<-m.Done()
	fmt.Println(context.Cause(m))

	past, cancelPast := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancelPast()
	soon, cancelSoon := context.WithTimeoutCause(context.Background(), time.Millisecond, errors.New("was slow"))
	defer cancelSoon()
	<-soon.Done()
	var timeout interface{ Timeout() bool }
	fmt.Println(past.Err(), soon.Err(), context.Cause(soon), errors.As(soon.Err(), &timeout) && timeout.Timeout())
	later, cancelLater := context.WithTimeout(soon, time.Hour)
	defer cancelLater()
	d1, ok1 := later.Deadline()
	d2, _ := soon.Deadline()
	_, ok2 := ctx.Deadline()
	fmt.Println(d1.Equal(d2), ok1, ok2, later.Err())

	octx, cancelOwn := context.WithCancel(own{"mine"})
	fmt.Println(octx.Value(key("own")), octx.Err(), own{}, octx.Value(1) == nil)
	var wg sync.WaitGroup
	wg.Add(1)
	context.AfterFunc(octx, func() { defer wg.Done(); fmt.Println("after", octx.Err()) })
	unregister := context.AfterFunc(octx, func() { fmt.Println("never") })
	fmt.Println(unregister(), unregister())
	cancelOwn()
	wg.Wait()
	fmt.Println(context.Background(), context.TODO(), context.WithValue(own{}, key("k"), user{"v"}))
}

package farside_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/interp"
)

// kinds are the ways to a far side. Every promise below holds for each of them,
// unless the kind says why it cannot.
var kinds = []kind{
	{
		name: "inprocess",
		open: func(f *far, opts *gateway.Options) (*gateway.Gateway, error) {
			return gateway.New(f.ctx, interp.InProcess(), opts)
		},
		cannot: map[string]string{
			"LossTellsHowTheFarSideEnded":       "there is no process that could end",
			"KillEndsCodeThatSpins":             "a loop in this process can be stopped but not killed",
			"RawWritesDoNotReachTheWire":        "descriptors 1 and 2 are those of this process",
			"GoroutinePanicIsALoss":             "it would end this process",
			"StackOverflowIsALoss":              "it would end this process",
			"WhatWasPrintedBeforeACrashArrives": "it would end this process",
			"OutOfMemoryIsALoss":                "it would end this process",
			"ChildDoesNotOutliveGateway":        "what a program starts is a child of this process",
		},
	},
	{
		name: "popen",
		open: func(f *far, opts *gateway.Options) (*gateway.Gateway, error) {
			return gateway.Open(f.ctx, "popen", opts)
		},
	},
	{
		name: "socket",
		open: func(f *far, opts *gateway.Options) (*gateway.Gateway, error) {
			return gateway.Open(f.ctx, serve(f, "127.0.0.1:0"), opts)
		},
	},
	{
		name: "socket-unix",
		open: func(f *far, opts *gateway.Options) (*gateway.Gateway, error) {
			return gateway.Open(f.ctx, serve(f, "unix:"+filepath.Join(f.TempDir(), "s")), opts)
		},
	},
	{
		name: "ssh",
		open: func(f *far, opts *gateway.Options) (*gateway.Gateway, error) {
			return gateway.Open(f.ctx, sshd(f), opts)
		},
	},
	{
		name: "cmd",
		open: func(f *far, opts *gateway.Options) (*gateway.Gateway, error) {
			return gateway.Open(f.ctx, "cmd=sh", opts)
		},
	},
	{
		name: "popen-via-popen",
		open: func(f *far, opts *gateway.Options) (*gateway.Gateway, error) {
			return behind(f, opts, "popen//via=hop")
		},
	},
	{
		name: "socket-via-popen",
		open: func(f *far, opts *gateway.Options) (*gateway.Gateway, error) {
			return behind(f, opts, serve(f, "127.0.0.1:0")+"//via=hop")
		},
	},
	{
		name: "socket-installvia-popen",
		open: func(f *far, opts *gateway.Options) (*gateway.Gateway, error) {
			return behind(f, opts, "socket//installvia=hop//via=hop")
		},
	},
}

// serve starts a socket server that ends with the test, and gives the spec that
// reaches it. All use one store, so that the worker is sent once.
func serve(f *far, address string) string {
	f.Helper()
	server, err := bootstrap.NewServer(&bootstrap.Options{Store: f.store})
	if err != nil {
		f.Fatal(err)
	}
	l, err := bootstrap.Listen(address)
	if err != nil {
		f.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }() // ends with the server
	f.Cleanup(func() {
		server.Close()
		if err := <-served; err != nil {
			f.Error(err)
		}
	})
	return server.Spec(l.Addr())
}

// behind opens a gateway that goes through another, called hop.
func behind(f *far, opts *gateway.Options, spec string) (*gateway.Gateway, error) {
	f.Helper()
	group := &gateway.Group{}
	f.Cleanup(func() { group.Close() })
	if _, err := group.Open(f.ctx, "popen//id=hop", &gateway.Options{Stdout: f.Output(), Stderr: f.Output()}); err != nil {
		f.Fatal(err)
	}
	return group.Open(f.ctx, spec, opts)
}

type kind struct {
	name   string
	open   func(*far, *gateway.Options) (*gateway.Gateway, error)
	cannot map[string]string // promises that this kind cannot keep, and why
}

// far is what a promise is tried on.
type far struct {
	testing.TB
	ctx   context.Context
	kind  kind
	store string // for the workers of socket servers
}

func TestGateways(t *testing.T) {
	store := filepath.Join(t.TempDir(), "workers")
	for _, kind := range kinds {
		for _, promise := range promises {
			t.Run(kind.name+"/"+promise.name, func(t *testing.T) {
				if why := kind.cannot[promise.name]; why != "" {
					t.Logf("not for %s: %s", kind.name, why)
					return
				}
				// Generous, since it only ends a test that hangs.
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				promise.try(&far{TB: t, ctx: ctx, kind: kind, store: store})
			})
		}
	}
}

// open opens a gateway that prints to the test's log.
func (f *far) open() *gateway.Gateway {
	return f.openWith(&gateway.Options{Stdout: f.Output(), Stderr: f.Output()})
}

func (f *far) openWith(opts *gateway.Options) *gateway.Gateway {
	f.Helper()
	gw, err := f.kind.open(f, opts)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { gw.Close() })
	return gw
}

func (f *far) exec(gw *gateway.Gateway, source string, args ...any) *channel.Channel {
	f.Helper()
	ch, err := gw.Exec(f.ctx, gateway.Source(source), args...)
	if err != nil {
		f.Fatal(err)
	}
	return ch
}

func (f *far) send(ch *channel.Channel, item any) {
	f.Helper()
	if err := ch.Send(f.ctx, item); err != nil {
		f.Fatal(err)
	}
}

// written is what was written to it.
type written chan string

func (w written) Write(p []byte) (int, error) {
	w <- string(p)
	return len(p), nil
}

// wantItems receives and compares.
func (f *far) wantItems(ch *channel.Channel, want ...any) {
	f.Helper()
	for i, w := range want {
		got, err := ch.Receive(f.ctx)
		if err != nil || !reflect.DeepEqual(got, w) {
			f.Fatalf("item %d: got %#v, %v; want %#v", i, got, err, w)
		}
	}
}

// wantEnd receives the end.
func (f *far) wantEnd(ch *channel.Channel, want error) {
	f.Helper()
	if item, err := ch.Receive(f.ctx); !errors.Is(err, want) {
		f.Fatalf("got %#v, %v; want the end with %v", item, err, want)
	}
}

// wantRemote receives the end and wants a far error.
func (f *far) wantRemote(ch *channel.Channel, name string) *gateway.RemoteError {
	f.Helper()
	item, err := ch.Receive(f.ctx)
	var remote *gateway.RemoteError
	if !errors.As(err, &remote) || remote.Name != name {
		f.Fatalf("got %#v, %#v; want a RemoteError %q", item, err, name)
	}
	return remote
}

// The functions that this test binary has registered.
var (
	quotient = gateway.Func2(func(_ context.Context, a, b int) (int, error) { return a / b, nil })
	tenfold  = gateway.ChannelFunc(func(ctx context.Context, ch *channel.Channel, by int) error {
		for n, err := range channel.Of[int](ch).All(ctx) {
			if err != nil {
				return err
			}
			if err := ch.Send(ctx, 10*n*by); err != nil {
				return err
			}
		}
		return nil
	})
)

var promises = []struct {
	name string
	try  func(*far)
}{
	{"C1_ItemsComeInOrder", func(f *far) {
		ch := f.exec(f.open(), `
			for i := 0; i < args[0].(int); i++ {
				channel.Send(ctx, i)
			}`, 5000)
		for want := range 5000 {
			if got, err := channel.Receive[int](f.ctx, ch); got != want || err != nil {
				f.Fatalf("got %d, %v; want %d", got, err, want)
			}
		}
		f.wantEnd(ch, io.EOF)
	}},
	{"C2_SendBlocksOnAFarSideThatDoesNotReceive", func(f *far) {
		ch := f.exec(f.open(), `
			channel.Get(ctx, "go")
			n := 0
			for range channel.Items(ctx) {
				n++
			}
			return n`)
		block, sent := make([]byte, 64<<10), 0
		short, cancel := context.WithTimeout(f.ctx, 200*time.Millisecond)
		defer cancel()
		for ch.Send(short, block) == nil {
			if sent++; sent > 1000 {
				f.Fatal("64 MB were sent to a far side that does not receive")
			}
		}
		if err := ch.Set(f.ctx, map[string]any{"go": true}); err != nil {
			f.Fatal(err)
		}
		f.send(ch, block)
		ch.CloseSend()
		f.wantItems(ch, sent+1)
	}},
	{"C3_ReceiveTimeoutKeepsItem", func(f *far) {
		ch := f.exec(f.open(), `
			channel.Get(ctx, "go")
			channel.Send(ctx, "late")`)
		short, cancel := context.WithTimeout(f.ctx, 20*time.Millisecond)
		defer cancel()
		if _, err := ch.Receive(short); !errors.Is(err, context.DeadlineExceeded) {
			f.Fatalf("got %v", err)
		}
		ch.Set(f.ctx, map[string]any{"go": true})
		f.wantItems(ch, "late")
	}},
	{"C4_ValuesKeepTheirMeaning", func(f *far) {
		ch := f.exec(f.open(), `
			for item := range channel.Items(ctx) {
				channel.Send(ctx, item)
			}`)
		when := time.Date(2026, 2, 3, 4, 5, 6, 789, time.FixedZone("", 3600))
		for _, item := range []any{nil, true, 1, -1 << 63, uint64(1<<64 - 1), 1.5, "text", "", []byte{0, 255},
			time.Minute, []any{1, "a", nil}, map[string]any{"a": []any{1.5}}, map[any]any{1: "one"}} {
			f.send(ch, item)
			f.wantItems(ch, item)
		}
		f.send(ch, when)
		if got, err := channel.Receive[time.Time](f.ctx, ch); err != nil || !got.Equal(when) {
			f.Fatalf("got %v, %v; want %v", got, err, when)
		}
	}},
	{"C4_InterpretedStructsTravel", func(f *far) {
		ch := f.exec(f.open(), `
			type Point struct {
				X, Y   int
				Label  string
				secret string
			}
			channel.Send(ctx, Point{1, 2, "here", "hidden"})
			channel.Send(ctx, []Point{{X: 3}})`)
		f.wantItems(ch,
			map[string]any{"X": 1, "Y": 2, "Label": "here"},
			[]any{map[string]any{"X": 3, "Y": 0, "Label": ""}})
	}},
	{"C5_WhatCannotTravelNamesThePath", func(f *far) {
		ch := f.exec(f.open(), `
			err := channel.Send(ctx, map[string]any{"conn": func() {}})
			channel.Send(ctx, err.Error())
			item, err := channel.Receive(ctx)
			channel.Send(ctx, item)`)
		f.wantItems(ch, `channel: send item["conn"]: a func cannot be sent`)
		type server struct{ Conn func() }
		err := ch.Send(f.ctx, struct{ Servers []server }{make([]server, 2)})
		var enc *channel.EncodeError
		if !errors.As(err, &enc) || enc.Path != "item.Servers[0].Conn" {
			f.Fatalf("got %v", err)
		}
		f.send(ch, "still usable")
		f.wantItems(ch, "still usable")
	}},
	{"C6_AnItemOverTheLimitHurtsOnlyItself", func(f *far) {
		gw := f.openWith(&gateway.Options{MaxItem: 1 << 20})
		ch := f.exec(gw, `
			channel.Send(ctx, make([]byte, 2<<20))
			channel.Send(ctx, "small")
			item, _ := channel.Receive(ctx)
			channel.Send(ctx, item)`)
		_, err := ch.Receive(f.ctx)
		var dec *channel.DecodeError
		if !errors.As(err, &dec) {
			f.Fatalf("got %v", err)
		}
		f.wantItems(ch, "small")
		var enc *channel.EncodeError
		if err := ch.Send(f.ctx, make([]byte, 2<<20)); !errors.As(err, &enc) {
			f.Fatalf("got %v", err)
		}
		f.send(ch, "small too")
		f.wantItems(ch, "small too")
	}},
	{"C6_StreamsHaveNoSize", func(f *far) {
		ch := f.exec(f.open(), `
			s := channel.Stream()
			n, err := io.Copy(s, s)
			if err != nil {
				return err
			}
			s.CloseWrite()
			return n`)
		s, size := ch.Stream(), 8<<20
		go func() {
			s.Write(bytes.Repeat([]byte("x"), size))
			s.CloseWrite()
		}()
		if n, err := io.Copy(io.Discard, io.LimitReader(s, int64(size))); n != int64(size) || err != nil {
			f.Fatalf("%d bytes came back, %v", n, err)
		}
	}},
	{"C7_ItemsComeBeforeTheError", func(f *far) {
		ch := f.exec(f.open(), `
			channel.Send(ctx, 1)
			channel.Send(ctx, 2)
			return errors.New("the end")`)
		f.wantItems(ch, 1, 2)
		for range 3 {
			if remote := f.wantRemote(ch, "*errors.errorString"); remote.Text != "the end" {
				f.Fatalf("got %q", remote.Text)
			}
		}
		if err := ch.Send(f.ctx, 1); !errors.Is(err, channel.ErrClosed) {
			f.Fatalf("send after the end: %v", err)
		}
	}},
	{"C7_CloseSendEndsTheFarLoop", func(f *far) {
		ch := f.exec(f.open(), `
			sum := 0
			for item := range channel.Items(ctx) {
				sum += item.(int)
			}
			return sum`)
		f.send(ch, 40)
		f.send(ch, 2)
		ch.CloseSend()
		f.wantItems(ch, 42)
		f.wantEnd(ch, io.EOF)
	}},
	{"C8_BindingsDoNotWaitBehindItems", func(f *far) {
		ch := f.exec(f.open(), `
			stop, err := channel.Get(ctx, "stop")
			if err != nil {
				return err
			}
			channel.Set(ctx, map[string]any{"stopped": stop})
			channel.Get(ctx, "bye")`)
		short, cancel := context.WithTimeout(f.ctx, 100*time.Millisecond)
		defer cancel()
		for ch.Send(short, make([]byte, 64<<10)) == nil { // until the far side is full
		}
		ch.Set(f.ctx, map[string]any{"stop": "now"})
		if got, err := channel.Get[string](f.ctx, ch, "stopped"); got != "now" || err != nil {
			f.Fatalf("got %q, %v", got, err)
		}
		ch.Set(f.ctx, map[string]any{"bye": 1})
	}},
	{"C8_GetChangedSeesEveryChangeInTheEnd", func(f *far) {
		ch := f.exec(f.open(), `
			for i := 1; i <= 100; i++ {
				channel.Set(ctx, map[string]any{"n": i})
			}`)
		last := any(0)
		for last != 100 {
			next, err := ch.GetChanged(f.ctx, "n", last)
			if err != nil || next.(int) <= last.(int) {
				f.Fatalf("after %v: %v, %v", last, next, err)
			}
			last = next
		}
		f.wantEnd(ch, io.EOF)
		if n, err := channel.Get[int](f.ctx, ch, "n"); n != 100 || err != nil {
			f.Fatalf("after the end: %d, %v", n, err)
		}
		if _, err := ch.Get(f.ctx, "never"); err != io.EOF {
			f.Fatalf("a name that never came: %v", err)
		}
	}},
	{"C9_CallbacksOnBothSides", func(f *far) {
		ch := f.exec(f.open(), `
			import "github.com/farside-go/farside/channel"
			func far(ctx context.Context, ch *channel.Channel) error {
				done := make(chan error, 1)
				_, err := ch.Subscribe(&channel.Callbacks{
					Item: func(item any) { ch.Send(ctx, item.(int) * 2) },
					End:  func(err error) { done <- err },
				})
				if err != nil {
					return err
				}
				<-done
				return nil
			}`)
		got, ended := make(chan any, 10), make(chan error, 1)
		_, err := ch.Subscribe(&channel.Callbacks{
			Item: func(item any) { got <- item },
			End:  func(err error) { ended <- err },
		})
		if err != nil {
			f.Fatal(err)
		}
		for i := range 3 {
			f.send(ch, i)
		}
		ch.CloseSend()
		if err := <-ended; err != io.EOF {
			f.Fatalf("ended with %v", err)
		}
		for i := range 3 {
			if item := <-got; item != i*2 {
				f.Fatalf("got %v, want %d", item, i*2)
			}
		}
	}},
	{"C10_ChannelsTravelInsideItems", func(f *far) {
		gw := f.open()
		ch := f.exec(gw, `
			item, err := channel.Receive(ctx)
			if err != nil {
				return err
			}
			reply := item.(map[string]any)["reply"].(*channel.Channel)
			reply.Send(ctx, "over here")
			channel.Send(ctx, item)`)
		reply, err := gw.NewChannel(f.ctx)
		if err != nil {
			f.Fatal(err)
		}
		defer reply.Close()
		f.send(ch, map[string]any{"reply": reply})
		f.wantItems(reply, "over here")
		f.wantItems(ch, map[string]any{"reply": reply}) // the very same channel
	}},
	{"C12_TenThousandChannels", func(f *far) {
		gw := f.open()
		const n = 10000
		all := make([]*channel.Channel, n)
		for i := range all {
			var err error
			if all[i], err = gw.NewChannel(f.ctx); err != nil {
				f.Fatal(err)
			}
		}
		ch := f.exec(gw, `
			item, err := channel.Receive(ctx)
			if err != nil {
				return err
			}
			return item.(*channel.Channel).Send(ctx, "found")`)
		f.send(ch, all[n-1])
		f.wantItems(all[n-1], "found")
		for _, ch := range all {
			ch.Close()
		}
	}},
	{"G2_ArgumentsConvertToParameters", func(f *far) {
		type point struct{ X, Y int }
		sum, err := gateway.Call[float64](f.ctx, f.open(), gateway.Source(`
			type Point struct{ X, Y int }
			func add(ctx context.Context, p Point, scale float64, more ...int) (float64, error) {
				total := p.X + p.Y
				for _, n := range more {
					total += n
				}
				return float64(total) * scale, nil
			}`), point{1, 2}, 2, 3, 4)
		if sum != 20 || err != nil {
			f.Fatalf("got %v, %v", sum, err)
		}
	}},
	{"G2_WrongArgumentsAreRefused", func(f *far) {
		gw := f.open()
		add := `func add(ctx context.Context, a, b int) (int, error) { return a + b, nil }`
		for _, args := range [][]any{{1}, {1, 2, 3}, {1, "two"}} {
			_, err := gateway.Call[int](f.ctx, gw, gateway.Source(add), args...)
			var remote *gateway.RemoteError
			if !errors.As(err, &remote) || !strings.Contains(remote.Text, "add") {
				f.Errorf("%v: got %v", args, err)
			}
		}
	}},
	{"G14_RegisteredFunctionsRun", func(f *far) {
		gw := f.open()
		ch, err := tenfold.Exec(f.ctx, gw, 3)
		if err != nil {
			f.Fatal(err)
		}
		f.send(ch, 4)
		ch.CloseSend()
		f.wantItems(ch, 120)
		f.wantEnd(ch, io.EOF)
		if q, err := quotient.Call(f.ctx, gw, 42, 6); q != 7 || err != nil {
			f.Errorf("got %d, %v", q, err)
		}
		_, err = quotient.Call(f.ctx, gw, 1, 0)
		var remote *gateway.RemoteError
		if !errors.As(err, &remote) || remote.Name != "panic" || !strings.HasSuffix(remote.File, "gateway_test.go") {
			f.Errorf("got %v", err)
		}
	}},
	{"G15_CommandsRun", func(f *far) {
		gw := f.open()
		cmd := gw.Command(f.ctx, "sh", "-c", "cat; echo last words >&2; exit 3")
		data := bytes.Repeat([]byte("0123456789"), 100_000)
		cmd.Stdin = bytes.NewReader(data)
		out, err := cmd.Output()
		var exit *gateway.ExitError
		if !bytes.Equal(out, data) || !errors.As(err, &exit) || exit.Code != 3 || exit.Stderr != "last words" {
			f.Errorf("got %d bytes, %v", len(out), err)
		}
		ctx, cancel := context.WithCancel(f.ctx)
		cmd = gw.Command(ctx, "sh", "-c", "echo running; exec sleep 1000")
		pipe, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			f.Fatal(err)
		}
		if _, err := io.ReadFull(pipe, make([]byte, len("running"))); err != nil {
			f.Fatal(err)
		}
		cancel()
		if err := cmd.Wait(); !errors.Is(err, context.Canceled) || !errors.As(err, &exit) || exit.Signal != "terminated" {
			f.Errorf("it ended with %v", err)
		}
	}},
	{"G16_BuiltProgramsRunAndDieAlone", func(f *far) {
		gw := f.open()
		program := gateway.BuildSource(`
			for item := range channel.Items(ctx) {
				if item == "die" {
					panic(item)
				}
				fmt.Println(item)
				channel.Send(ctx, item)
			}
			os.Exit(len(args))`, nil)
		printed := make(written, 10)
		program.Stdout = printed
		for _, args := range [][]any{{}, {1, 2}} {
			ch, err := gw.Exec(f.ctx, program, args...)
			if err != nil {
				f.Fatal(err)
			}
			f.send(ch, "item")
			f.wantItems(ch, "item")
			ch.CloseSend()
			_, err = ch.Receive(f.ctx)
			exit, died := errors.AsType[*gateway.ExitError](err)
			if died != (len(args) > 0) || died && exit.Code != len(args) || errors.Is(err, gateway.ErrLost) {
				f.Errorf("with %d arguments it ended with %v", len(args), err)
			}
			if text := <-printed; text != "item\n" {
				f.Errorf("it printed %q", text)
			}
		}
		f.wantItems(f.exec(gw, "return 1"), 1) // the gateway lives
	}},
	{"G2_ImportedPackagesCanBeImported", func(f *far) {
		gw := f.open()
		err := gw.Import(f.ctx, "example.com/lib", fstest.MapFS{
			"lib.go":       {Data: []byte("package lib\n\nimport \"example.com/lib/deep\"\n\nfunc Answer() int { return deep.Half * 2 }\n")},
			"deep/deep.go": {Data: []byte("package deep\n\nconst Half = 21\n")},
		})
		if err != nil {
			f.Fatal(err)
		}
		n, err := gateway.Call[int](f.ctx, gw, gateway.Source("import \"example.com/lib\"\nreturn lib.Answer()"))
		if n != 42 || err != nil {
			f.Fatalf("got %d, %v", n, err)
		}
	}},
	{"G2_APackageMainRunsAsAtHome", func(f *far) {
		var out, errs bytes.Buffer
		program := gateway.Source(`package main

import (
)

func main() {
	fmt.Println("args:", os.Args[1:])
	fmt.Fprintln(os.Stderr, "going")
	os.Exit(3)
}
`)
		program.Stdout, program.Stderr = &out, &errs
		gw := f.open()
		ch, err := gw.Exec(f.ctx, program, "a", "b")
		if err != nil {
			f.Fatal(err)
		}
		if remote := f.wantRemote(ch, "exit"); remote.Code != 3 {
			f.Fatalf("exit code %d", remote.Code)
		}
		if out.String() != "args: [a b]\n" || errs.String() != "going\n" {
			f.Fatalf("printed %q and %q", out.String(), errs.String())
		}
		f.wantItems(f.exec(gw, "return 1"), 1) // the worker goes on
	}},
	{"G3_OutputComesByLinesBeforeTheEnd", func(f *far) {
		var out lockedBuffer
		ch := f.exec(f.openWith(&gateway.Options{Stdout: &out, Stderr: f.Output()}), `
			fmt.Print("one ")
			fmt.Println("line")
			log.SetFlags(0)
			fmt.Print("no end")`)
		f.wantEnd(ch, io.EOF)
		if got := out.String(); got != "one line\nno end\n" {
			f.Fatalf("printed %q", got)
		}
	}},
	{"G3_AFloodBlocksNeitherItemsNorControl", func(f *far) {
		gate := make(chan struct{})
		gw := f.openWith(&gateway.Options{Stdout: writerFunc(func(p []byte) (int, error) {
			<-gate
			return len(p), nil
		}), Stderr: f.Output()})
		flood := f.exec(gw, `
			line := strings.Repeat("x", 1000)
			for ctx.Err() == nil {
				fmt.Println(line)
			}`)
		f.wantItems(f.exec(gw, `return "quick"`), "quick")
		if _, err := gw.Status(f.ctx); err != nil {
			f.Fatal(err)
		}
		flood.Cancel(nil)
		close(gate)
	}},
	{"G4_StatusAnswersWhileCodeSpins", func(f *far) {
		gw := f.open()
		ch := f.exec(gw, `
			channel.Send(ctx, "spinning")
			for {
			}`)
		f.wantItems(ch, "spinning")
		status, err := gw.Status(f.ctx)
		if err != nil || status.Running != 1 || status.Memory == 0 || status.Goroutines == 0 {
			f.Fatalf("%+v, %v", status, err)
		}
		if info := gw.Info(); info.OS != runtime.GOOS || info.Arch != runtime.GOARCH || info.PID == 0 || !info.Source {
			f.Fatalf("%+v", info)
		}
	}},
	{"G5_CancelEndsTheContext", func(f *far) {
		ch := f.exec(f.open(), `
			channel.Send(ctx, "waiting")
			<-ctx.Done()
			return context.Cause(ctx)`)
		f.wantItems(ch, "waiting")
		ch.Cancel(errors.New("no more of this"))
		if _, err := ch.Receive(f.ctx); err == nil || !strings.Contains(err.Error(), "no more of this") {
			f.Fatalf("got %v", err)
		}
	}},
	{"G5_CancelStopsALoop", func(f *far) {
		gw := f.open()
		ch := f.exec(gw, `
			channel.Send(ctx, "spinning")
			for {
			}`)
		f.wantItems(ch, "spinning")
		ch.Cancel(nil)
		f.wantEnd(ch, context.Canceled)
		f.wantItems(f.exec(gw, "return 1"), 1)
	}},
	{"G5_CodeThatIgnoresItsContextIsAbandoned", func(f *far) {
		gw := f.openWith(&gateway.Options{Stdout: f.Output(), Stderr: f.Output(), Grace: time.Millisecond})
		gate, err := gw.NewChannel(f.ctx)
		if err != nil {
			f.Fatal(err)
		}
		defer gate.Close()
		ch := f.exec(gw, `
			channel.Send(ctx, "blocked")
			args[0].(*channel.Channel).Receive(context.Background())`, gate)
		f.wantItems(ch, "blocked")
		ch.Cancel(nil)
		if _, err := ch.Receive(f.ctx); err == nil || !strings.Contains(err.Error(), "abandoned") {
			f.Fatalf("got %v", err)
		}
		if status, err := gw.Status(f.ctx); err != nil || status.Abandoned != 1 {
			f.Fatalf("%+v, %v", status, err)
		}
	}},
	{"G5_TheDeadlineTravels", func(f *far) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		defer cancel()
		left, err := gateway.Call[time.Duration](ctx, f.open(), gateway.Source(`
			deadline, ok := ctx.Deadline()
			if !ok {
				return errors.New("no deadline")
			}
			return time.Until(deadline)`))
		if err != nil || left <= 50*time.Minute || left > time.Hour {
			f.Fatalf("%v left, %v", left, err)
		}
	}},
	{"G5_CallEndsWithItsContext", func(f *far) {
		gw := f.open()
		ctx, cancel := context.WithCancel(f.ctx)
		go cancel()
		if _, err := gateway.Call[any](ctx, gw, gateway.Source("<-ctx.Done()")); !errors.Is(err, context.Canceled) {
			f.Fatalf("got %v", err)
		}
	}},
	{"G6_CloseEndsWhatRuns", func(f *far) {
		gw := f.open()
		ch := f.exec(gw, `
			channel.Send(ctx, 1)
			<-ctx.Done()
			channel.Set(context.Background(), map[string]any{"last": "words"})`)
		f.wantItems(ch, 1)
		var closers sync.WaitGroup
		for range 5 {
			closers.Go(func() {
				if err := gw.Close(); err != nil {
					f.Error(err)
				}
			})
		}
		closers.Wait()
		if last, err := channel.Get[string](f.ctx, ch, "last"); last != "words" || err != nil {
			f.Errorf("got %q, %v", last, err)
		}
		if _, err := gw.Exec(f.ctx, gateway.Source("")); !errors.Is(err, gateway.ErrClosed) {
			f.Errorf("exec after close: %v", err)
		}
	}},
	{"KillEndsCodeThatSpins", func(f *far) {
		gw := f.open()
		ch := f.exec(gw, "channel.Send(ctx, 1)\nfor {\n}")
		f.wantItems(ch, 1)
		if err := gw.Kill(); err != nil {
			f.Fatal(err)
		}
		if _, err := ch.Receive(f.ctx); err == nil {
			f.Fatal("an item from a far side that was killed")
		}
	}},
	{"RawWritesDoNotReachTheWire", func(f *far) {
		var out, errs lockedBuffer
		gw := f.openWith(&gateway.Options{Stdout: &out, Stderr: &errs})
		ch := f.exec(gw, `
			syscall.Write(1, []byte("raw out\n"))
			syscall.Write(2, []byte("raw err\n"))
			cmd := exec.Command("sh", "-c", "echo child out; echo child err >&2")
			cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
			if err := cmd.Run(); err != nil {
				return err
			}
			return "done"`)
		f.wantItems(ch, "done")
		f.wantEnd(ch, io.EOF)
		gw.Close()
		for _, want := range []struct{ have, text string }{
			{out.String(), "raw out\n"}, {errs.String(), "raw err\n"},
			{out.String(), "child out\n"}, {errs.String(), "child err\n"},
		} {
			if !strings.Contains(want.have, want.text) {
				f.Errorf("%q is not in %q", want.text, want.have)
			}
		}
	}},
	{"LossTellsHowTheFarSideEnded", func(f *far) {
		gw := f.open()
		ch := f.exec(gw, `syscall.Kill(os.Getpid(), syscall.SIGKILL)`)
		_, err := ch.Receive(f.ctx)
		var exit *gateway.ExitError
		if !errors.Is(err, gateway.ErrLost) || !errors.As(err, &exit) || exit.Signal != "killed" {
			f.Fatalf("got %v", err)
		}
	}},
	{"GoroutinePanicIsALoss", func(f *far) {
		ch := f.exec(f.open(), `
			go func() { panic("in a goroutine") }()
			<-ctx.Done()`)
		_, err := ch.Receive(f.ctx)
		var exit *gateway.ExitError
		if !errors.Is(err, gateway.ErrLost) || !errors.As(err, &exit) || !strings.Contains(exit.Stderr, "in a goroutine") {
			f.Fatalf("got %v", err)
		}
	}},
	{"WhatWasPrintedBeforeACrashArrives", func(f *far) {
		var out lockedBuffer
		ch := f.exec(f.openWith(&gateway.Options{Stdout: &out, Stderr: f.Output()}), `
			for range 20_000 {
				fmt.Println("a line that was printed before the end")
			}
			go panic("after it")
			<-ctx.Done()`)
		if _, err := ch.Receive(f.ctx); !errors.Is(err, gateway.ErrLost) {
			f.Fatalf("got %v", err)
		}
		if lines := strings.Count(out.String(), "before the end\n"); lines != 20_000 {
			f.Errorf("%d lines arrived", lines)
		}
	}},
	{"StackOverflowIsALoss", func(f *far) {
		ch := f.exec(f.open(), `
			func deeper(n int) int { return deeper(n+1) + 1 }
			return deeper(0)`)
		_, err := ch.Receive(f.ctx)
		var exit *gateway.ExitError
		if !errors.Is(err, gateway.ErrLost) || !errors.As(err, &exit) ||
			!strings.Contains(exit.Stderr, "stack overflow") || !strings.Contains(exit.Stderr, "source.go:") {
			f.Fatalf("got %v", err)
		}
	}},
	{"OutOfMemoryIsALoss", func(f *far) {
		ch := f.exec(f.open(), `
			limit := syscall.Rlimit{Cur: 2 << 30, Max: 2 << 30}
			if err := syscall.Setrlimit(syscall.RLIMIT_AS, &limit); err != nil {
				return err
			}
			var all [][]byte
			for {
				all = append(all, make([]byte, 64<<20))
			}`)
		_, err := ch.Receive(f.ctx)
		var exit *gateway.ExitError
		if !errors.Is(err, gateway.ErrLost) || !errors.As(err, &exit) {
			f.Fatalf("got %v", err)
		}
		// The race detector may be the first to find no memory.
		if !strings.Contains(exit.Stderr, "fatal error: ") && !strings.Contains(exit.Stderr, "ThreadSanitizer failed to allocate") {
			f.Fatalf("its last words are not of memory: %v", err)
		}
	}},
	{"ChildDoesNotOutliveGateway", func(f *far) {
		gw := f.open()
		pid, err := gateway.Call[int](f.ctx, gw, gateway.Source(`
			cmd := exec.Command("sleep", "1000")
			if err := cmd.Start(); err != nil {
				return err
			}
			return cmd.Process.Pid`))
		if err != nil {
			f.Fatal(err)
		}
		if err := gw.Close(); err != nil {
			f.Fatal(err)
		}
		// It was killed; the system may take a moment to end it.
		farsidetest.Eventually(f, func() bool { return !farsidetest.Alive(pid) }, "process %d is still there", pid)
	}},
	{"G9_TheFarSideCannotRunCodeHere", func(f *far) {
		ch := f.exec(f.open(), `
			asked, err := channel.Mux().Open(ctx, "exec")
			if err != nil {
				return err
			}
			asked.Send(ctx, map[string]any{"name": "x.go", "source": "return 1"})
			_, err = asked.Receive(ctx)
			return err.Error()`)
		got, err := channel.Receive[string](f.ctx, ch)
		if err != nil || !strings.Contains(got, "takes no requests") {
			f.Fatalf("got %q, %v", got, err)
		}
	}},
	{"SourceThatDoesNotCompile", func(f *far) {
		gw := f.open()
		for source, position := range map[string][2]int{
			"return undefinedName":                   {1, 8},
			"x := 1\nreturn x y":                     {2, 0},
			"func f( {":                              {1, 0},
			"return nosuch.Package()":                {1, 0},
			"import \"no/such/package\"\nreturn 1\n": {1, 0},
		} {
			remote := f.wantRemote(f.exec(gw, source), "compile")
			if remote.File != "source.go" || remote.Line != position[0] || position[1] != 0 && remote.Column != position[1] {
				f.Errorf("%q: %s:%d:%d: %s", source, remote.File, remote.Line, remote.Column, remote.Text)
			}
		}
	}},
	{"SourceThatPanics", func(f *far) {
		remote := f.wantRemote(f.exec(f.open(), `
			var list []int
			index := func(i int) int { return list[i] }
			return index(5)`), "panic")
		if remote.Line != 3 || !strings.Contains(remote.Text, "index out of range") || !strings.Contains(remote.Stack, "source.go:3") {
			f.Errorf("line %d: %s\n%s", remote.Line, remote.Text, remote.Stack)
		}
	}},
	{"FarCodeOpensGateways", func(f *far) {
		n, err := gateway.Call[int](f.ctx, f.open(), gateway.Source(`
			import "github.com/farside-go/farside/gateway"
			gw, err := gateway.Open(ctx, "popen", nil)
			if err != nil {
				return err
			}
			defer gw.Close()
			ch, err := gw.Exec(ctx, gateway.Source("return 42"))
			if err != nil {
				return err
			}
			n, err := ch.Receive(ctx)
			return n, err`))
		if n != 42 || err != nil {
			f.Fatalf("got %d, %v", n, err)
		}
	}},
	{"ManyItemsWithBoundedMemory", func(f *far) {
		if testing.Short() {
			return
		}
		gw := f.open()
		ch := f.exec(gw, `
			n, s := 0, channel.Stream()
			buf := make([]byte, 1<<20)
			for {
				m, err := s.Read(buf)
				n += m
				if err != nil {
					break
				}
			}
			return n`)
		block := make([]byte, 1<<20)
		const blocks = 300 // more than the bound, and not for minutes under the race detector
		for range blocks {
			f.send(ch, block)
		}
		ch.CloseSend()
		f.wantItems(ch, blocks<<20)
		status, err := gw.Status(f.ctx)
		if err != nil || status.Memory > 256<<20 {
			f.Fatalf("%d MB, %v", status.Memory>>20, err)
		}
	}},
}

// A lockedBuffer is written by goroutines of the gateway and read by a test.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

type writerFunc func([]byte) (int, error)

func (w writerFunc) Write(p []byte) (int, error) { return w(p) }

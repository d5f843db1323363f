package gateway

import (
	"context"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/reach"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/stdio"
)

// errNoRequests keeps the far side from running anything here.
var errNoRequests = errors.New("gateway: the near side takes no requests")

// A Gateway is the near side's hold on one far side; it owns the far side's life.
//
// All methods may be called concurrently. Whoever opened a gateway calls Close or
// Kill when done with it: that ends the far side and all that it started. When
// the far side dies or falls silent by itself, every call on the gateway and on
// its channels ends with an error that matches [ErrLost]; Close is still needed.
type Gateway struct {
	spec    Spec
	opts    Options
	info    Info
	mux     *channel.Mux
	process process  // nil if the far side is only a byte stream
	group   *Group   // nil if there is none
	host    *Gateway // on which its socket server runs; nil if that is none of ours
	hop     *Gateway // through which it is reached; nil if there is none
	built   *built   // nil if the far side is no built program
	printer *stdio.Printer
	calls   calls         // channels for calls of registered functions
	printed chan struct{} // closed when all output was written, after the mux's end

	mu      sync.Mutex
	writers map[uint32]*programWriters // by the program's channel
	readers map[uint32]*Program        // the same
	behind  map[*Gateway]bool          // those that are reached through this one
	ended   bool                       // no more may be reached through it

	telling sync.Mutex // held while Progress is told
	sending turns      // at programs, by their hash

	unwanted context.Context // ends when it is closed: an Open under way gives up
	giveUpOn context.CancelCauseFunc
	brought  chan struct{} // closed when Open is through; there is a mux if it came about

	grace    context.Context // ends when Kill is called
	endGrace context.CancelFunc
	closing  atomic.Bool
	closed   chan struct{} // closed when Close or Kill is through
	closeErr error         // set before closed is closed
}

// ids numbers the gateways of this process that were given no id.
var ids atomic.Int64

func freshID() string { return "gw" + strconv.FormatInt(ids.Add(1)-1, 10) }

// Open brings up a far side as spec says. When ctx ends before the gateway is
// open, what was started is ended. Errors are an *[OpenError].
//
// A spec with via or installvia names other gateways: open them all with a
// [Group].
func Open(ctx context.Context, spec string, opts *Options) (*Gateway, error) {
	return open(ctx, spec, opts, nil)
}

// open is Open with where to look for other gateways.
func open(ctx context.Context, text string, opts *Options, group *Group) (*Gateway, error) {
	spec, err := reach.Parse(text)
	if err != nil {
		kind, _, _ := strings.Cut(text, "//")
		kind, _, _ = strings.Cut(kind, "=") // its value may hold a secret
		return nil, &OpenError{Spec: kind, Stage: StageSpec, Err: err}
	}
	if spec.ID == "" {
		spec.ID = group.freshID()
	}
	gw := newGateway(spec, opts)
	if err := gw.enter(group); err != nil {
		return nil, gw.openError(StageSpec, err)
	}
	if err = gw.bringUp(ctx); err == nil {
		err = gw.opened()
	}
	close(gw.brought)
	switch {
	case err == nil:
		return gw, nil
	case gw.mux == nil:
		gw.forget()
		return nil, err
	}
	gw.Kill()
	return nil, gw.openError(StageHello, err)
}

// bringUp starts the far side and agrees with it.
func (gw *Gateway) bringUp(ctx context.Context) (err error) {
	start := newStarting(ctx, gw.opts.StartTimeout)
	defer start.stop()
	stop := context.AfterFunc(gw.unwanted, func() { start.cancel(context.Cause(gw.unwanted)) })
	defer stop()
	gw.process, err = gw.start(start)
	if err != nil {
		return gw.startError(err)
	}
	if err := gw.connect(start.ctx, gw.process.Conn()); err != nil {
		return gw.openError(StageHello, gw.giveUp(start.ctx, err))
	}
	return nil
}

// New opens a gateway over a byte stream at whose other end a worker serves; see
// worker.InProcess. The stream belongs to the gateway from then on.
func New(ctx context.Context, conn io.ReadWriteCloser, opts *Options) (*Gateway, error) {
	gw := newGateway(&Spec{Kind: reach.Stream}, opts)
	defer close(gw.brought)
	start := newStarting(ctx, gw.opts.StartTimeout)
	defer start.stop()
	if err := gw.connect(start.ctx, conn); err != nil {
		conn.Close()
		return nil, gw.openError(StageHello, err)
	}
	return gw, nil
}

func newGateway(spec *Spec, opts *Options) *Gateway {
	gw := &Gateway{
		spec: *spec, writers: map[uint32]*programWriters{}, readers: map[uint32]*Program{}, behind: map[*Gateway]bool{},
		printed: make(chan struct{}), brought: make(chan struct{}), closed: make(chan struct{}),
	}
	if gw.spec.ID == "" {
		gw.spec.ID = freshID()
	}
	gw.unwanted, gw.giveUpOn = context.WithCancelCause(context.Background())
	gw.grace, gw.endGrace = context.WithCancel(context.Background())
	gw.opts = opts.withDefaults()
	gw.printer = stdio.NewPrinter(gw.opts.Stdout, gw.opts.Stderr, "["+gw.spec.ID+"] ")
	return gw
}

func (gw *Gateway) openError(stage string, err error) error {
	failed := &OpenError{Spec: gw.spec.String(), Stage: stage, Err: err}
	if gw.process != nil && !mentions[*ExitError](err) {
		failed.Output = gw.process.LastWords()
	}
	return failed
}

// mentions reports whether err is or wraps an E.
func mentions[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}

// connect agrees with the worker and starts the mux.
func (gw *Gateway) connect(ctx context.Context, conn io.ReadWriteCloser) error {
	far, err := gw.hello().Exchange(ctx, conn)
	if err != nil {
		return err
	}
	gw.info = infoOf(far)
	gw.mux, err = channel.NewMux(conn, channel.Near, &channel.Options{
		MaxItem: gw.opts.MaxItem, KeepAlive: gw.opts.KeepAlive,
		Lost: gw.lostCause, Ended: gw.ownEnd, Logger: gw.opts.Logger,
	})
	if err != nil {
		return err
	}
	go gw.acceptStreams() // ends with the mux and the output; Close waits for it
	return nil
}

// hello tells the far side how to set itself up.
func (gw *Gateway) hello() *hello.Line {
	fields := map[string]string{request.FieldID: gw.spec.ID}
	if gw.opts.KeepAlive > 0 {
		fields[request.FieldKeepAlive] = gw.opts.KeepAlive.String()
	}
	if gw.spec.Chdir != "" {
		fields[request.FieldChdir] = gw.spec.Chdir
	}
	if gw.spec.Memory != 0 {
		fields[request.FieldMemory] = strconv.FormatInt(gw.spec.Memory, 10)
	}
	if gw.spec.Nice != 0 {
		fields[request.FieldNice] = strconv.Itoa(gw.spec.Nice)
	}
	for _, variable := range gw.spec.Env {
		name, value, _ := strings.Cut(variable, "=")
		fields[request.FieldEnv+name] = value
	}
	return &hello.Line{Fields: fields}
}

// ID is the gateway's name: the id of the spec, or gw0, gw1, ...
func (gw *Gateway) ID() string { return gw.spec.ID }

// Spec gives the spec; printed, it shows no secrets.
func (gw *Gateway) Spec() *Spec {
	spec := gw.spec
	return &spec
}

// Done is closed when the gateway has ended: closed, killed or lost.
func (gw *Gateway) Done() <-chan struct{} { return gw.mux.Done() }

// Err is nil until Done is closed, then [ErrClosed] if this side ended the
// gateway and otherwise an error that matches [ErrLost].
func (gw *Gateway) Err() error { return gw.mux.Err() }

// NewChannel makes a channel to send inside an item.
func (gw *Gateway) NewChannel(ctx context.Context) (*channel.Channel, error) {
	return gw.mux.New(ctx)
}

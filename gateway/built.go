package gateway

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/gobuild"
	"github.com/farside-go/farside/internal/keep"
	"github.com/farside-go/farside/internal/reach"
	"github.com/farside-go/farside/internal/registry"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/stdio"
)

// A built is what a gateway has whose far side is a built program: a worker with one
// function, behind the gateway on which that was started.
type built struct {
	name    string
	file    *keep.File
	writers *programWriters
	mark    string                          // of the end of what it prints
	marks   [request.Stderr + 1]*stdio.Mark // by stream
}

// runBuilt compiles a program and starts it.
func (gw *Gateway) runBuilt(ctx context.Context, program *Program, args []any, req *request.Program) (*channel.Channel, error) {
	if program.Session != "" {
		return nil, errors.New("Session is for programs that are source, and this one is built")
	}
	made, err := gw.compile(ctx, program, false)
	if err != nil {
		return nil, err
	}
	file := gw.fileOf(made)
	if made.Main {
		return gw.runWhole(ctx, program, args, req, file)
	}
	far, err := gw.startBuilt(ctx, program, file)
	if err != nil {
		return nil, fmt.Errorf("the program %s: %w", program.name(), err)
	}
	req.Function, req.Mark = registry.Main, far.built.mark
	ch, err := far.run(ctx, program, args, req)
	if err != nil {
		far.Kill()
		return nil, err
	}
	go far.endWith(ch) // ends with the program, or with the gateway
	return ch, nil
}

// runWhole runs a whole program, as a command, on a channel that ends with it.
func (gw *Gateway) runWhole(ctx context.Context, program *Program, args []any, req *request.Program, file *keep.File) (ch *channel.Channel, err error) {
	req.Kept = file.Hash
	err = gw.untilKept(ctx, program.name(), file, func() (missing bool, err error) {
		asked := *req
		if ch, err = gw.run(ctx, program, args, &asked); err != nil {
			return false, err
		}
		answer, err := channel.Receive[request.Spawning](ctx, ch)
		if err != nil || answer.Missing {
			ch.Close()
		}
		return answer.Missing, err
	})
	return ch, err
}

// untilKept tries to start a program, which is sent if it is missing: also if it is found
// damaged, or was removed since, which may be once more.
func (gw *Gateway) untilKept(ctx context.Context, name string, file *keep.File, try func() (missing bool, err error)) error {
	for range 3 {
		if missing, err := try(); err != nil || !missing {
			return err
		}
		if _, err := gw.sendProgram(ctx, name, file); err != nil {
			return err
		}
	}
	return errors.New("it is gone over there as soon as it was sent: does somebody empty the folder for programs?")
}

// startBuilt starts a program with a far function in a process of its own.
func (gw *Gateway) startBuilt(ctx context.Context, program *Program, file *keep.File) (*Gateway, error) {
	far := newGateway(&Spec{Kind: reach.Popen, ID: gw.ID(), Memory: gw.spec.Memory}, &gw.opts)
	far.built = gw.newBuilt(program, file)
	if err := gw.putBehind(far); err != nil {
		return nil, err
	}
	far.hop = gw
	err := far.bringUp(ctx)
	close(far.brought)
	if err == nil {
		return far, nil
	}
	far.forget()
	if failed, ok := errors.AsType[*OpenError](err); ok {
		err = failed.Err // nobody has asked for a gateway
	}
	return nil, err
}

func (gw *Gateway) newBuilt(program *Program, file *keep.File) *built {
	b := &built{
		name: program.name(), file: file,
		writers: newProgramWriters(program, gw.printer),
		mark:    "\x00" + rand.Text() + "\x00",
	}
	for _, stream := range []byte{request.Stdout, request.Stderr} {
		b.marks[stream] = stdio.NewMark(b.mark, b.writers.lines[stream].Flush)
	}
	return b
}

// fileOf is how a program that was built is sent.
func (gw *Gateway) fileOf(made *gobuild.Built) *keep.File {
	return &keep.File{Path: made.Path, Hash: made.Hash, Size: made.Size, Once: gw.keepsNothing()}
}

// keepsNothing reports whether nothing is to be left on the far side.
func (gw *Gateway) keepsNothing() bool {
	return gw.spec.Ephemeral || gw.hop != nil && gw.hop.keepsNothing()
}

// print prints what the program's process has printed: nil is the end of a stream.
func (b *built) print(stream byte, p []byte) {
	pass := func(p []byte) error { return b.writers.write(stream, p) }
	if p == nil {
		b.marks[stream].End(pass)
		return
	}
	b.marks[stream].Pass(p, pass)
}

// awaitMark waits until all that the program had printed before its mark is printed.
func (gw *Gateway) awaitMark(stream byte) {
	if gw.built == nil {
		return
	}
	select {
	case <-gw.built.marks[stream].Seen():
	case <-gw.mux.Done():
	}
}

// endWith ends the program's process when its channel has ended. What it had sent until
// then may still have to come, for which it lives as long as that takes.
func (gw *Gateway) endWith(ch *channel.Channel) {
	<-ch.Done()
	if ch.Err() != ErrClosed {
		gw.askToEnd(unhurried)
	}
	gw.Close()
}

// unhurried is the grace of a program that has ended and whose items are received slowly.
const unhurried = 1000 * time.Hour

// ownEnd gives what a built program's process ended with, if that is known: then the far
// side is not lost. nil is for others.
func (gw *Gateway) ownEnd(error) error {
	if gw.built == nil {
		return nil
	}
	exit, told := gw.process.AwaitExit(exitWait)
	switch {
	case !told:
		return nil
	case exit.Code == 0:
		return io.EOF // it called os.Exit
	}
	return fmt.Errorf("gateway %s: the program %s: %w", gw.ID(), gw.built.name, (*ExitError)(&exit))
}

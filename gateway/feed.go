package gateway

import (
	"context"
	"io"

	"github.com/farside-go/farside/channel"
)

// inputChunk is the most that goes into one item of input.
const inputChunk = 32 << 10

// feed copies a program's Stdin to it, until either ends.
func (gw *Gateway) feed(ch *channel.Channel) {
	id, err := channel.Receive[uint32](context.Background(), ch)
	if err != nil {
		ch.CloseWithError(err)
		return
	}
	err = gw.readerOf(id).copyInput(ch)
	if err != nil {
		gw.opts.Logger.Error("read a program's input", "gateway", gw.ID(), "error", err)
	}
	ch.CloseWithError(err)
}

// readerOf gives the program on a channel, once. One whose channel is forgotten
// reads nothing.
func (gw *Gateway) readerOf(id uint32) *Program {
	gw.mu.Lock()
	defer gw.mu.Unlock()
	if program := gw.readers[id]; program != nil {
		delete(gw.readers, id)
		return program
	}
	return &Program{}
}

// copyInput gives the error of Stdin. What was read when the program has ended is
// for nobody.
func (p *Program) copyInput(ch *channel.Channel) error {
	if p.Stdin == nil {
		return nil
	}
	buf := make([]byte, inputChunk)
	for ch.Err() == nil {
		n, err := p.readInput(buf)
		if n > 0 && ch.Send(context.Background(), buf[:n]) != nil {
			return nil
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *Program) readInput(buf []byte) (int, error) {
	p.reading.Lock()
	defer p.reading.Unlock()
	return p.Stdin.Read(buf)
}

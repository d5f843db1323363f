package framed

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"
	"weak"

	"github.com/farside-go/farside/internal/protocol"
)

const maxChannels = 1 << 16 // opened by the other side and not yet over

var (
	errNeverOpened = errors.New("never opened")
	errGone        = errors.New("ended")
)

// ours reports whether channels with this id are opened by this side.
func (m *Mux) ours(id uint32) bool { return (id%2 == 1) == m.cfg.Near }

// enter notes that a stream was opened, and its channel if it has one.
func (m *Mux) enter(id uint32, ch *Channel) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last[id%2] = id
	if ch != nil {
		m.channels[id] = ch
		if isClosed(m.session.Ending()) {
			ch.stream.Release()
		}
	}
	if m.opened != nil {
		close(m.opened)
		m.opened = nil
	}
}

// admit takes in a channel that the other side opened. One too many is refused;
// a side that does not heed that breaks the protocol.
func (m *Mux) admit(ch *Channel) error {
	m.enter(ch.id, ch)
	m.mu.Lock()
	m.fromPeer++
	open := m.fromPeer
	m.mu.Unlock()
	if err := m.Err(); err != nil {
		ch.lost(err)
	}
	switch {
	case open > 2*maxChannels:
		return protocol.Violation("more channels after those that were refused")
	case open > maxChannels:
		ch.refuse(fmt.Errorf("channel: more than %d channels are open", maxChannels))
	}
	return nil
}

// forget takes a channel that is over out of the table. As long as somebody here
// has it, references to it that are still on their way are references to it.
func (m *Mux) forget(ch *Channel) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.channels[ch.id] != ch {
		return
	}
	delete(m.channels, ch.id)
	if !m.ours(ch.id) {
		m.fromPeer--
	}
	m.leaving = slices.DeleteFunc(append(m.leaving, ch), func(ch *Channel) bool { return ch.out.Idle() })
	m.over[ch.id] = weak.Make(ch)
	runtime.AddCleanup(ch, m.collected, ch.id)
}

func (m *Mux) collected(id uint32) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.over, id)
}

// Channels is how many channels are open or have items left.
func (m *Mux) Channels() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.channels)
}

// Lookup finds a channel for a reference that came with an item.
func (m *Mux) Lookup(id uint64) (*Channel, error) {
	if id <= controlID || id >= 1<<32-1 {
		return nil, fmt.Errorf("channel %d does not exist", id)
	}
	ch, err := m.lookup(uint32(id))
	if err != nil {
		return nil, fmt.Errorf("channel %d does not exist: %w", id, err)
	}
	ch.hold()
	return ch, nil
}

// lookup finds a channel by its id. One whose stream has just been opened may not
// be in the table yet; on an honest wire that cannot last longer than a write.
func (m *Mux) lookup(id uint32) (*Channel, error) {
	var timeout <-chan time.Time
	for {
		ch, opened, err := m.find(id)
		if opened == nil {
			return ch, err
		}
		if timeout == nil {
			timer := time.NewTimer(m.cfg.KeepAlive)
			defer timer.Stop()
			timeout = timer.C
		}
		select {
		case <-opened:
		case <-timeout:
			return nil, errNeverOpened
		case <-m.session.Closed():
			return nil, errGone
		}
	}
}

// find gives a channel, or a Go channel to wait for if it may still be opened.
func (m *Mux) find(id uint32) (*Channel, <-chan struct{}, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ch := m.channels[id]; ch != nil {
		return ch, nil, nil
	}
	if ch := m.over[id].Value(); ch != nil {
		return ch, nil, nil
	}
	if id <= m.last[id%2] {
		return nil, nil, errGone
	}
	if m.opened == nil {
		m.opened = make(chan struct{})
	}
	return nil, m.opened, nil
}

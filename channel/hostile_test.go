package channel_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/yamux"

	"github.com/farside-go/farside/channel"
)

// P4: whatever comes off the wire is hostile. Bad bytes on a channel's stream end
// that channel, and both sides hear of it.
func TestBadFramesEndOnlyTheirChannel(t *testing.T) {
	huge := binary.AppendUvarint([]byte{frameBytes}, 1<<62)
	random := make([]byte, 4000)
	rand.NewChaCha8([32]byte{3}).Read(random)
	for name, c := range map[string]struct {
		bytes []byte
		fin   bool
	}{
		"FIN at once":            {nil, true},
		"FIN inside a head":      {[]byte{frameItem}, true},
		"FIN inside a body":      {rawFrame(frameBytes, make([]byte, 100))[:50], true},
		"FIN inside a long body": {rawFrame(frameBytes, make([]byte, 100_000))[:90_000], true},
		"FIN inside a skip":      {huge, true},
		"unknown kind":           {[]byte{9, 0}, false},
		"kind zero":              {[]byte{0, 0}, false},
		"full end":               {[]byte{frameEOF, 1, 'x'}, false},
		"full close":             {[]byte{frameEnd, 1, 'x'}, false},
		"endless length":         {append([]byte{frameItem}, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), false},
		"random bytes":           {random, true},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				p := rawNear(t, &channel.Options{MaxItem: 1 << 20})
				s, ch := p.channel()
				other, otherCh := p.channel()
				p.write(s, c.bytes)
				if c.fin {
					s.Close()
				}
				for {
					_, err := ch.Receive(patiently(t))
					if errors.Is(err, context.DeadlineExceeded) {
						t.Fatal("Receive hangs")
					}
					if err != nil && !isDecodeError(err) {
						break
					}
				}
				if ch.Err() == nil || !strings.Contains(ch.Err().Error(), "protocol error") {
					t.Errorf("the channel's end is %v", ch.Err())
				}
				p.write(other, rawFrame(frameString, []byte("beside")))
				if v, err := otherCh.Receive(t.Context()); v != "beside" || err != nil {
					t.Errorf("another channel: %v, %v", v, err)
				}
				if msg := readMessage(t, p.control); msg[0] != controlClose || !strings.Contains(string(msg), "protocol error") {
					t.Errorf("the other side is told %q", msg)
				}
				if p.m.Err() != nil {
					t.Errorf("the mux ended: %v", p.m.Err())
				}
			})
		})
	}
}

func readMessage(t *testing.T, s *yamux.Stream) []byte {
	t.Helper()
	s.SetReadDeadline(time.Now().Add(time.Minute))
	one := make([]byte, 1)
	size := 0
	for shift := 0; ; shift += 7 {
		_, err := io.ReadFull(s, one)
		must(t, err)
		size |= int(one[0]&0x7f) << shift
		if one[0] < 0x80 {
			break
		}
	}
	msg := make([]byte, size)
	_, err := io.ReadFull(s, msg)
	must(t, err)
	return msg
}

// C6: an announced length alone takes no memory and closes nothing.
func TestHugeLengthIsADecodeError(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		s, ch := p.channel()
		before := memory()
		p.write(s, binary.AppendUvarint([]byte{frameItem}, 1<<62))
		if _, err := ch.Receive(t.Context()); !isDecodeError(err) {
			t.Errorf("Receive gives %v", err)
		}
		within, withinCh := p.channel()
		p.write(within, binary.AppendUvarint([]byte{frameItem}, 64<<20))
		got := async(func() error { _, err := withinCh.Receive(context.Background()); return err })
		stillBlocked(t, "Receive of an announced item", got)
		if more := memory() - before; more > 4<<20 {
			t.Errorf("two lengths took %d bytes", more)
		}
		if ch.Err() != nil || p.m.Err() != nil {
			t.Errorf("the ends are %v and %v", ch.Err(), p.m.Err())
		}
		withinCh.Close()
		<-got
	})
}

// P5, C4: bad items, in good frames, leave the channel usable.
func TestBadItemsLeaveTheChannelUsable(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawFar(t, &channel.Options{KeepAlive: 10 * time.Second})
		s, ch := p.channel()
		ref := func(id uint64) []byte {
			head := []byte{0xda, 0x00, 0x46, 0x43, 0x31} // tag 0x464331
			return append(head, append([]byte{0x1b}, binary.BigEndian.AppendUint64(nil, id)...)...)
		}
		for name, body := range map[string][]byte{
			"nothing":               {},
			"reserved":              {0x1c},
			"4 G elements":          {0x9a, 0xff, 0xff, 0xff, 0xff},
			"rest behind":           {1, 2},
			"channel 0":             ref(0),
			"the control stream":    ref(1),
			"channel never opened":  ref(7),
			"their own never":       ref(44),
			"a channel beyond 32":   ref(1<<32 + 2),
			"a channel of all bits": ref(1<<64 - 1),
		} {
			p.write(s, rawFrame(frameItem, body))
			if v, err := ch.Receive(t.Context()); !isDecodeError(err) {
				t.Errorf("%s: received %v, %v", name, v, err)
			}
		}
		p.write(s, rawFrame(frameString, []byte("good")))
		if v, err := ch.Receive(t.Context()); v != "good" || err != nil {
			t.Errorf("then received %v, %v", v, err)
		}
	})
}

// P6: bad control messages end the mux with a protocol error that every call gets.
func TestBadControlMessagesEndTheMux(t *testing.T) {
	label := strings.Repeat("x", 257)
	for name, write := range map[string]func(p *rawPeer, id uint32){
		"too long":        func(p *rawPeer, id uint32) { p.write(p.control, binary.AppendUvarint(nil, 4<<20+1)) },
		"2^62 long":       func(p *rawPeer, id uint32) { p.write(p.control, binary.AppendUvarint(nil, 1<<62)) },
		"endless length":  func(p *rawPeer, id uint32) { p.write(p.control, []byte(strings.Repeat("\xff", 12))) },
		"empty":           func(p *rawPeer, id uint32) { p.write(p.control, []byte{0}) },
		"no id":           func(p *rawPeer, id uint32) { p.write(p.control, []byte{2, controlOpen, 0x80}) },
		"id beyond 32":    func(p *rawPeer, id uint32) { p.write(p.control, append([]byte{6, 1}, 0xff, 0xff, 0xff, 0xff, 0x7f)) },
		"unknown kind":    func(p *rawPeer, id uint32) { p.tell(99, id, nil) },
		"kind zero":       func(p *rawPeer, id uint32) { p.tell(0, id, nil) },
		"never opened":    func(p *rawPeer, id uint32) { p.tell(controlClose, 4441, nil) },
		"never ours":      func(p *rawPeer, id uint32) { p.tell(controlClose, 4442, nil) },
		"bad fault":       func(p *rawPeer, id uint32) { p.tell(controlClose, id, []byte{0x1c}) },
		"no fault":        func(p *rawPeer, id uint32) { p.tell(controlCancel, id, []byte("no error")) },
		"second label":    func(p *rawPeer, id uint32) { p.tell(controlOpen, id, []byte("again")) },
		"empty label":     func(p *rawPeer, id uint32) { p.tell(controlOpen, p.stream().StreamID(), nil) },
		"long label":      func(p *rawPeer, id uint32) { p.tell(controlOpen, p.stream().StreamID(), []byte(label)) },
		"ack for nothing": func(p *rawPeer, id uint32) { p.tell(controlBound, id, []byte{1}) },
		"ack of nothing":  func(p *rawPeer, id uint32) { p.tell(controlBound, id, nil) },
		"bind nothing":    func(p *rawPeer, id uint32) { p.tell(controlBind, id, nil) },
		"bind cut":        func(p *rawPeer, id uint32) { p.tell(controlBind, id, bind(1, "name", []byte{1})[:4]) },
		"FIN":             func(p *rawPeer, id uint32) { p.control.Close() },
		"FIN in message": func(p *rawPeer, id uint32) {
			p.write(p.control, message(controlOpen, id, []byte("x"))[:3])
			p.control.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				p := rawNear(t, &channel.Options{KeepAlive: 10 * time.Second})
				s, ch := p.channel()
				waiting := async(func() error { _, err := ch.Receive(context.Background()); return err })
				synctest.Wait()
				write(p, s.StreamID())
				err := outcome(t, waiting)
				if !errors.Is(err, channel.ErrLost) {
					t.Errorf("Receive gives %v", err)
				}
				if name != "FIN in message" && name != "endless length" && !strings.Contains(err.Error(), "protocol error") {
					t.Errorf("the cause is %v", err)
				}
			})
		})
	}
}

// P6
func TestHarmlessControlMessagesAreIgnored(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		s, ch := p.channel()
		id := s.StreamID()
		p.tell(128, id, []byte("from the future"))
		p.tell(255, id, nil)
		p.tell(controlCancel, id, nil)
		p.write(s, rawFrame(frameString, []byte("first")))
		if v, err := ch.Receive(t.Context()); v != "first" || err != nil {
			t.Errorf("received %v, %v", v, err)
		}
		for range 3 {
			p.tell(controlClose, id, nil)
		}
		p.write(s, rawFrame(frameEnd, nil))
		if _, err := ch.Receive(t.Context()); err != io.EOF {
			t.Errorf("the end is %v", err)
		}
		p.tell(controlClose, id, nil) // about a channel that is over
		p.tell(controlBind, id, bind(1, "n", []byte{1}))
		synctest.Wait()
		if p.m.Err() != nil {
			t.Errorf("the mux ended: %v", p.m.Err())
		}
	})
}

// P6: the messages were on their way when the channel ended here, and nobody has it.
func TestMessagesAboutAForgottenChannelAreIgnored(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		id := func() uint32 {
			s, ch := p.channel()
			p.write(s, rawFrame(frameEnd, nil))
			must(t, s.Close())
			must(t, ch.Close())
			return s.StreamID()
		}()
		synctest.Wait()
		for range 2 {
			runtime.GC()
		}
		p.tell(controlBind, id, bind(1, "n", []byte{1}))
		p.tell(controlCancel, id, nil)
		p.tell(controlClose, id, nil)
		synctest.Wait()
		if p.m.Err() != nil || p.m.Channels() != 0 {
			t.Errorf("the mux has %d channels and the end %v", p.m.Channels(), p.m.Err())
		}
	})
}

// A channel of ours is not theirs to label: Accept must not give it.
func TestPeerCannotLabelOurChannel(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawFar(t, nil)
		ch, err := p.m.New(t.Context())
		must(t, err)
		p.tell(controlOpen, ch.ID(), []byte("mine now"))
		if got, err := p.m.Accept(t.Context()); !errors.Is(err, channel.ErrLost) {
			t.Errorf("Accept gives %v, %v", got, err)
		}
		if ch.Label() != "" {
			t.Errorf("the label is %q", ch.Label())
		}
	})
}

// The close came but never the end of the stream, and nobody may wait for it in
// vain: not Close, not a Receive with a ctx, not the mux.
func TestCloseWithoutLastFrameHangsNobody(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		s, ch := p.channel()
		p.tell(controlClose, s.StreamID(), nil)
		<-ch.Done()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := ch.Receive(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Receive gives %v", err)
		}
		must(t, ch.Close())
		if _, err := ch.Receive(context.Background()); err != channel.ErrClosed {
			t.Errorf("Receive after Close gives %v", err)
		}
	})
}

// The last frame came but never the close: likewise.
func TestLastFrameWithoutCloseHangsNobody(t *testing.T) {
	bubble(t, func(t *testing.T) {
		p := rawNear(t, nil)
		s, ch := p.channel()
		p.write(s, rawFrame(frameEnd, nil))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := ch.Receive(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Receive gives %v", err)
		}
		waiting := async(func() error { _, err := ch.Receive(context.Background()); return err })
		stillBlocked(t, "Receive", waiting)
		must(t, ch.Close())
		if err := outcome(t, waiting); err != channel.ErrClosed {
			t.Errorf("a blocked Receive gives %v", err)
		}
	})
}

func TestUnacceptedChannelsAreBounded(t *testing.T) {
	p := rawNear(t, nil)
	const flood = 5000
	refused := make(chan int, 1)
	go func() { // the answers, so that the wire is free
		answers, _ := io.ReadAll(p.control)
		refused <- strings.Count(string(answers), "wait to be accepted")
	}()
	for range flood {
		p.tell(controlOpen, p.stream().StreamID(), []byte("x"))
	}
	s := p.stream()
	p.tell(controlOpen, s.StreamID(), []byte("x"))
	for range 4096 {
		ch, err := p.m.Accept(patiently(t))
		must(t, err)
		if ch.ID() == s.StreamID() {
			t.Error("a refused channel is accepted")
		}
	}
	if p.m.Err() != nil {
		t.Errorf("the mux ended: %v", p.m.Err())
	}
	eventually(t, "the rest is refused", func() bool { return p.m.Channels() == flood+1 })
	p.session.Close()
	if n := <-refused; n > flood+1-4096 || n == 0 {
		t.Errorf("%d channels were refused", n)
	}
}

// Ids go up, are the other side's, and come once. The reset of the control stream
// and a second one must not crash anything.
func TestStreamsOutOfTurnEndTheMux(t *testing.T) {
	const syn, rst = 1, 8
	header := func(flags uint16, id uint32) []byte {
		h := make([]byte, 12) // version 0, window update
		h[1] = 1
		binary.BigEndian.PutUint16(h[2:], flags)
		binary.BigEndian.PutUint32(h[4:], id)
		return h
	}
	for name, headers := range map[string][][]byte{
		"our id":              {header(syn, 1), header(syn, 2)},
		"id zero":             {header(syn, 1), header(syn, 0)},
		"going down":          {header(syn, 1), header(syn, 9), header(syn, 7)},
		"again after a reset": {header(syn, 1), header(syn, 9), header(rst, 9), header(syn, 9)},
		"control after reset": {header(syn, 1), header(rst, 1), header(syn, 1)},
		"control, late":       {header(syn, 3), header(syn, 1)},
		"same at once":        {header(syn, 1), header(syn, 3), header(syn, 3)},
	} {
		t.Run(name, func(t *testing.T) {
			for range 20 {
				a, b := bufferless(t)
				go io.Copy(io.Discard, a)
				m, err := channel.NewMux(b, channel.Far, nil)
				must(t, err)
				for _, h := range headers {
					a.Write(h)
				}
				select {
				case <-m.Done():
				case <-patiently(t).Done():
					t.Fatal("the mux goes on")
				}
				m.Close()
				a.Close()
			}
		})
	}
}

func TestGarbageInsteadOfAMuxEndsIt(t *testing.T) {
	for _, side := range []channel.Side{channel.Near, channel.Far} {
		for _, garbage := range []string{"HTTP/1.1 400 Bad Request\r\n\r\n", strings.Repeat("\x00", 500), strings.Repeat("\xff", 500), "motd"} {
			bubble(t, func(t *testing.T) {
				a, b := bufferless(t)
				go io.Copy(io.Discard, a)
				m, err := channel.NewMux(b, side, &channel.Options{KeepAlive: 10 * time.Second})
				must(t, err)
				waiting := async(func() error {
					ch, err := m.Open(context.Background(), "x") // its message waits for the control stream
					if err != nil {
						return err
					}
					_, err = ch.Receive(context.Background())
					return err
				})
				a.Write([]byte(garbage))
				if garbage == "motd" {
					a.Close()
				}
				if err := outcome(t, waiting); !errors.Is(err, channel.ErrLost) {
					t.Errorf("after %q: %v", garbage, err)
				}
				m.Close()
				a.Close()
			})
		}
	}
}

// A far side whose control stream never comes can still be closed.
func TestMuxWithoutControlStreamCanBeClosed(t *testing.T) {
	bubble(t, func(t *testing.T) {
		a, b := bufferless(t)
		session, err := yamux.Client(a, quiet())
		must(t, err)
		m, err := channel.NewMux(b, channel.Far, nil)
		must(t, err)
		_, err = m.Open(t.Context(), "nobody is told")
		must(t, err)
		must(t, m.Close())
		session.Close()
	})
}

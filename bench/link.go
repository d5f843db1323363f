package main

import (
	"errors"
	"net"
	"sync"
	"time"
)

// A link is a line between this side and a server: a proxy that holds up what passes, as
// a long and narrow line does, and counts it.
type link struct {
	net.Listener
	target string
	delay  time.Duration // one way
	rate   int           // bytes a second; 0 is as fast as can be

	mu     sync.Mutex
	bytes  int64 // that passed, both ways
	trips  int   // how often the near side spoke after the far side had
	farWas bool  // the far side was the last to speak
}

const pieceSize = 32 << 10

// newLink listens on loopback.
func newLink(target string, delay time.Duration, rate int) (*link, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	made := &link{Listener: l, target: target, delay: delay, rate: rate}
	go made.serve() // ends with the listener
	return made, nil
}

func (l *link) serve() {
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial("tcp", l.target)
		if err != nil {
			near.Close()
			continue
		}
		l.reset()
		// What a server says unasked arrives on a real line when this side has long
		// spoken, so its turn comes then. Both end with the connections.
		go l.pass(near, far, false, func() { go l.pass(far, near, true, func() {}) })
	}
}

// reset begins a count.
func (l *link) reset() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bytes, l.trips, l.farWas = 0, 0, true
}

// counted gives the bytes and round trips of the last connection; that of TCP itself,
// which this side does not see, is one.
func (l *link) counted() (bytes int64, trips int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.bytes, l.trips + 1
}

func (l *link) count(n int, fromFar bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bytes += int64(n)
	if !fromFar && l.farWas {
		l.trips++
	}
	l.farWas = fromFar
}

// A piece is on its way.
type piece struct {
	data    []byte
	arrives time.Time
}

// pass carries one direction: a piece leaves when the one before it has, and arrives
// later. begun is called behind the first.
func (l *link) pass(from, to net.Conn, fromFar bool, begun func()) {
	begin := sync.OnceFunc(begun)
	underway := make(chan piece, 64) // 2 MB: more than such a line holds
	go func() {                      // ends when from does
		defer to.Close()
		for p := range underway {
			time.Sleep(time.Until(p.arrives))
			if _, err := to.Write(p.data); err != nil {
				from.Close()
			}
		}
	}()
	defer close(underway)
	var free time.Time // when the line is
	for {
		buf := make([]byte, pieceSize)
		n, err := from.Read(buf)
		if err != nil {
			return
		}
		l.count(n, fromFar)
		begin()
		if now := time.Now(); free.Before(now) {
			free = now
		}
		if l.rate > 0 {
			free = free.Add(time.Duration(n) * time.Second / time.Duration(l.rate))
		}
		underway <- piece{buf[:n], free.Add(l.delay)}
	}
}

// set puts a count back to what it was.
func (l *link) set(bytes int64, trips int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.bytes, l.trips = bytes, trips-1
}

// fewest gives the least of what some runs count: what both sides say at the same time
// can be taken for turns, but never the other way round.
func fewest(l *link, run func() error) (float64, error) {
	const runs = 5
	least := 0
	for range runs {
		if err := run(); err != nil {
			return 0, err
		}
		if _, trips := l.counted(); least == 0 || trips < least {
			least = trips
		}
	}
	if least == 0 {
		return 0, errors.New("nothing was counted")
	}
	return float64(least), nil
}

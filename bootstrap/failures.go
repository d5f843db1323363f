package bootstrap

import (
	"errors"
	"net"
	"net/netip"
	"sync"
	"time"
)

const (
	// mostFailures is how many wrong tokens in a row an address may show at once;
	// each is forgiven after forgiveAfter.
	mostFailures = 10
	forgiveAfter = 2 * time.Second
	// mostAddresses bounds the memory that failures take.
	mostAddresses = 4096
)

// errTooMany is not told to those whom it is about.
var errTooMany = errors.New("too many wrong tokens from this address; it may try again in a moment")

// failures counts those who showed a wrong token, by where they come from. An IPv6
// network of 64 bits counts as one, since one machine can have all of it.
type failures struct {
	mu     sync.Mutex
	counts map[netip.Prefix]failure
}

type failure struct {
	count int
	since time.Time // counted from here
}

// left is the count once time has passed.
func (f failure) left(now time.Time) int {
	return max(0, f.count-int(now.Sub(f.since)/forgiveAfter))
}

// check refuses an address that has failed too often lately.
func (f *failures) check(from net.Addr) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.counts[network(from)].left(time.Now()) >= mostFailures {
		return errTooMany
	}
	return nil
}

// note counts a failure. Those on a Unix socket are not counted: they have shown who
// they are, and have one address in common.
func (f *failures) note(from net.Addr) {
	at := network(from)
	if !at.IsValid() {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.counts == nil {
		f.counts = map[netip.Prefix]failure{}
	}
	now := time.Now()
	if len(f.counts) >= mostAddresses {
		f.forget(now)
	}
	f.counts[at] = failure{f.counts[at].left(now) + 1, now}
}

// forget makes room: first for those who were forgiven, and if that is not enough
// for anybody.
func (f *failures) forget(now time.Time) {
	for at, failed := range f.counts {
		if failed.left(now) == 0 {
			delete(f.counts, at)
		}
	}
	for at := range f.counts {
		if len(f.counts) < mostAddresses {
			return
		}
		delete(f.counts, at)
	}
}

// network is what counts as one address. It is not valid for a Unix socket.
func network(from net.Addr) netip.Prefix {
	at, err := netip.ParseAddrPort(from.String())
	if err != nil {
		return netip.Prefix{}
	}
	bits := 32
	if address := at.Addr().Unmap(); address.Is6() {
		bits = 64
	}
	prefix, _ := at.Addr().Unmap().WithZone("").Prefix(bits)
	return prefix
}

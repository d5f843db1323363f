package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// A Group holds gateways together: it finds them by their ids, for specs with via
// and installvia, and ends them all.
//
// The zero value is an empty group. All methods may be called concurrently. A
// gateway that is closed leaves its group.
type Group struct {
	mu       sync.Mutex
	closed   bool
	taken    map[string]bool // ids, also of gateways that are being opened
	gateways []*Gateway      // in the order of their opening
}

// Open is [Open] into the group.
func (g *Group) Open(ctx context.Context, spec string, opts *Options) (*Gateway, error) {
	return open(ctx, spec, opts, g)
}

// Gateway gives the gateway with an id, or nil if there is none.
func (g *Group) Gateway(id string) *Gateway {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := slices.IndexFunc(g.gateways, func(gw *Gateway) bool { return gw.ID() == id })
	if i < 0 {
		return nil
	}
	return g.gateways[i]
}

// Gateways gives all of them, in the order of their opening.
func (g *Group) Gateways() []*Gateway {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.gateways)
}

// Close closes all gateways side by side, those that are reached through others
// before these. No more can be opened.
func (g *Group) Close() error { return endAll(g.close(), (*Gateway).Close) }

// Kill kills all gateways. No more can be opened.
func (g *Group) Kill() error { return endAll(g.close(), (*Gateway).Kill) }

func (g *Group) close() []*Gateway {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	return slices.Clone(g.gateways)
}

// endAll ends gateways side by side.
func endAll(gateways []*Gateway, end func(*Gateway) error) error {
	errs := make([]error, len(gateways))
	var ending sync.WaitGroup
	for i, gw := range gateways {
		ending.Go(func() { errs[i] = end(gw) })
	}
	ending.Wait()
	return errors.Join(errs...)
}

// freshID gives an id that nobody in the group has. The group may be nil.
func (g *Group) freshID() string {
	if g == nil {
		return freshID()
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	for {
		if id := freshID(); !g.taken[id] {
			return id
		}
	}
}

// reserve takes an id for a gateway that is about to be opened.
func (g *Group) reserve(id string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case g.closed:
		return ErrClosed
	case g.taken[id]:
		return fmt.Errorf("the group has a gateway %s already", id)
	case g.taken == nil:
		g.taken = map[string]bool{}
	}
	g.taken[id] = true
	return nil
}

// add takes in a gateway that was opened.
func (g *Group) add(gw *Gateway) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return ErrClosed
	}
	g.gateways = append(g.gateways, gw)
	return nil
}

func (g *Group) remove(gw *Gateway) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.taken, gw.ID())
	g.gateways = slices.DeleteFunc(g.gateways, func(other *Gateway) bool { return other == gw })
}

// enter makes the gateway known to its group and to the one that it goes through.
func (gw *Gateway) enter(group *Group) error {
	if gw.spec.Via == "" && gw.spec.InstallVia == "" && group == nil {
		return nil
	}
	if group == nil {
		return errors.New("via and installvia name other gateways of a group; open them all with Group.Open")
	}
	var err error
	if gw.hop, err = gw.lean(group, "via", gw.spec.Via); err == nil {
		gw.host, err = gw.lean(group, "installvia", gw.spec.InstallVia)
	}
	if err == nil {
		err = group.reserve(gw.ID())
	}
	if err != nil {
		gw.forget()
		return err
	}
	gw.group = group
	return nil
}

// lean gives the gateway that a setting names, which ends this one before itself.
func (gw *Gateway) lean(group *Group, setting, id string) (*Gateway, error) {
	if id == "" {
		return nil, nil
	}
	other := group.Gateway(id)
	if other == nil {
		return nil, fmt.Errorf("%s=%s: no open gateway of the group has this id", setting, id)
	}
	if err := other.putBehind(gw); err != nil {
		return nil, fmt.Errorf("%s=%s: %w", setting, id, err)
	}
	return other, nil
}

// putBehind makes far one that is reached through this gateway.
func (gw *Gateway) putBehind(far *Gateway) error {
	gw.mu.Lock()
	defer gw.mu.Unlock()
	if gw.ended {
		return ErrClosed
	}
	gw.behind[far] = true
	return nil
}

// opened makes the gateway one that others can be reached through.
func (gw *Gateway) opened() error {
	if gw.group == nil {
		return nil
	}
	return gw.group.add(gw)
}

// forget takes a gateway that has ended out of its group and of its hop.
func (gw *Gateway) forget() {
	if gw.group != nil {
		gw.group.remove(gw)
	}
	for _, other := range []*Gateway{gw.hop, gw.host} {
		if other != nil {
			other.mu.Lock()
			delete(other.behind, gw)
			other.mu.Unlock()
		}
	}
}

// isProgram reports whether the far side is a built program, which ends with the others
// of the gateway that it is behind.
func (gw *Gateway) isProgram() bool { return gw.built != nil }

// isOpened is for all others: gateways that somebody has opened.
func (gw *Gateway) isOpened() bool { return gw.built == nil }

// endBehind ends what is reached through this gateway, as far as it is of a kind.
func (gw *Gateway) endBehind(end func(*Gateway) error, isOf func(*Gateway) bool) error {
	gw.mu.Lock()
	gw.ended = true
	var behind []*Gateway
	for other := range gw.behind {
		if isOf(other) {
			behind = append(behind, other)
		}
	}
	gw.mu.Unlock()
	return endAll(behind, end)
}

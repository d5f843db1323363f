package bootstrap

import "context"

// Run runs a server with default options and no store but the user's, that listens
// at an address until ctx ends, and then ends it with all that it started. It calls
// ready once it listens, with the spec that reaches it from this machine.
func Run(ctx context.Context, address string, ready func(spec string) error) error {
	s, err := NewServer(nil)
	if err != nil {
		return err
	}
	l, err := Listen(address)
	if err != nil {
		return err
	}
	defer s.Close()
	stop := context.AfterFunc(ctx, func() { s.Close() })
	defer stop()
	if err := ready(s.Spec(l.Addr())); err != nil {
		l.Close()
		return err
	}
	return s.Serve(l)
}

package sshdial

import (
	"context"
	"log/slog"
	"net"
	"os"
	"os/user"

	"github.com/farside-go/farside/internal/sshauth"
	"github.com/farside-go/farside/internal/sshconfig"
)

// Settings say where to connect, and who may be asked on the way.
type Settings struct {
	// Destination is [user@]host[:port], where host may be an alias of the
	// configuration, and an IPv6 address with a port stands in brackets.
	Destination string

	// Config is the one file of configuration to read; "none" is for none. The
	// default is ~/.ssh/config, then the system's.
	Config string

	// Dial reaches the first server from somewhere else, where a ProxyCommand would
	// not run: one is an error then. The default is from this machine.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)

	// Prompt asks a person. The default asks nobody: what would need it fails.
	Prompt sshauth.Person

	// TrustNew records the key of a host of which none is known yet. The default
	// refuses it, unless the configuration says accept-new.
	TrustNew bool

	// Logger is told what of the configuration has no effect here. The default
	// discards it.
	Logger *slog.Logger

	// Home is the user's folder, and Getenv finds variables. The defaults are those
	// of this process.
	Home   string
	Getenv func(string) string
}

// withDefaults gives a copy in which nothing is missing but Prompt.
func (s *Settings) withDefaults() (*Settings, error) {
	out := *s
	if out.Logger == nil {
		out.Logger = slog.New(slog.DiscardHandler)
	}
	if out.Getenv == nil {
		out.Getenv = os.Getenv
	}
	if out.Home == "" {
		var err error
		if out.Home, err = os.UserHomeDir(); err != nil {
			return nil, err
		}
	}
	return &out, nil
}

// query asks the configuration about a destination.
func (s *Settings) query(to destination) (*sshconfig.Host, error) {
	self, err := user.Current()
	if err != nil {
		return nil, err
	}
	return sshconfig.Read(&sshconfig.Query{
		Alias: to.host, User: to.user, Port: to.port, Path: s.Config,
		Home: s.Home, LocalUser: self.Username, Getenv: s.Getenv,
	})
}

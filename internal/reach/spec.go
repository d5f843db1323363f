package reach

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A Spec says how to reach a far side. Its text form is in the documentation of
// package gateway.
type Spec struct {
	Kind    string   // popen, socket, ssh, cmd or short for one, or stream for a byte stream given to New
	Address string   // of a socket: host:port, or unix:/path; of ssh: [user@]host[:port]; of a command: what it is, or is to reach
	ID      string   // default: gw0, gw1, ...
	Chdir   string   // working directory, made if missing
	Env     []string // NAME=value
	Nice    int      // priority, added to what the far side starts with
	Memory  int64    // bytes that the far side may use; default: most of what its machine has left
	Worker  string   // path of the worker's program; default: see the package documentation
	Via     string   // id of the gateway through which to go; default: straight from here

	// InstallVia is the id of a gateway on whose far side a socket server is
	// started first, at Address.
	InstallVia string

	Key          string // fingerprint of a socket server's key
	Token        string // what a socket server asks for
	TokenFile    string // file with the token
	Cert         string // PEM file with a certificate and its key, to be shown instead
	KnownServers string // file of the keys of socket servers; default: farside/known_servers in the user's configuration folder
	TrustNew     bool   // note the key of a server that is not in there, nor in SSH's file of known hosts

	SSHConfig string // OpenSSH's configuration; default: the user's and the system's
	Sudo      bool   // the far side of ssh is another user's, by sudo
	SudoUser  string // whose; default: root's

	Ephemeral bool // leave nothing behind over there, not even the worker's file
	Lean      bool // the worker that is brought has no interpreter
}

// Kinds, beside those of commands.
const (
	Popen  = "popen"
	Socket = "socket"
	SSH    = "ssh"
	Stream = "stream" // a byte stream that was given
)

// Parse reads the text form.
func Parse(text string) (*Spec, error) {
	parts := splitSettings(text)
	spec, err := parseKind(parts[0])
	if err != nil {
		return nil, err
	}
	seen, behind := map[string]bool{}, ""
	for _, part := range parts[1:] {
		key, value, ok := strings.Cut(part, "=")
		known := spec.setting(key)
		switch {
		case key == "":
			return nil, fmt.Errorf("a setting without a name; // separates settings and cannot be part of one")
		case !ok && (known == nil || !known.flag):
			return nil, fmt.Errorf("%s needs a value", called(key, behind))
		case seen[key]:
			return nil, fmt.Errorf("%s is given twice", key)
		case known == nil:
			return nil, fmt.Errorf("unknown setting for %s: %s; known are: %s", spec.Kind, called(key, behind), strings.Join(Settings(spec.Kind), ", "))
		}
		seen[key] = true
		if err := known.set(spec, strings.TrimPrefix(key, known.name), value); err != nil {
			return nil, err
		}
		if known.secret {
			behind = key
		}
	}
	return spec, spec.check()
}

// parseKind reads what stands before the settings.
func parseKind(text string) (*Spec, error) {
	kind, value, hasValue := strings.Cut(text, "=")
	switch {
	case kind == Popen && hasValue:
		return nil, fmt.Errorf("popen takes no value, but %q was given", value)
	case kind == Popen:
		return &Spec{Kind: kind}, nil
	case kind == SSH && (value == "" || value[0] == '-'):
		return nil, fmt.Errorf("ssh needs a destination: ssh=[USER@]HOST[:PORT]")
	case kind == Socket, kind == SSH:
		return &Spec{Kind: kind, Address: value}, nil
	}
	if argv := commands[kind]; argv != nil {
		if _, err := argv(value); err != nil {
			return nil, fmt.Errorf("%s: %w", kind, err)
		}
		return &Spec{Kind: kind, Address: value}, nil
	}
	return nil, fmt.Errorf("unknown kind %q; known are: popen, socket=HOST:PORT, socket=unix:/PATH, "+
		"ssh=[USER@]HOST[:PORT], cmd=COMMAND, docker=NAME, podman=NAME, kubectl=[NAMESPACE/]POD, sudo[=USER]", kind)
}

// splitSettings splits at //. Of three slashes the first ends a value, such as a
// directory's.
func splitSettings(text string) []string {
	var parts []string
	for {
		i := strings.Index(text, "//")
		if i < 0 {
			return append(parts, text)
		}
		if strings.HasPrefix(text[i:], "///") {
			i++
		}
		parts = append(parts, text[:i])
		text = text[i+len("//"):]
	}
}

// called is how an error calls an unknown setting. Behind a secret it may be a piece
// of that with // in it.
func called(key, secret string) string {
	if secret == "" {
		return strconv.Quote(key)
	}
	return "what stands behind " + secret + " (a value cannot contain //)"
}

// check looks at the spec as a whole.
func (s *Spec) check() error {
	switch {
	case s.Kind == Socket && s.Address == "" && s.InstallVia == "":
		return fmt.Errorf("socket needs an address: socket=HOST:PORT or socket=unix:/PATH")
	case s.Via != "" && commands[s.Kind] != nil:
		return fmt.Errorf("%s runs a command of this machine and cannot go through another gateway: leave via out", s.Kind)
	case s.Lean && s.Kind == Popen && s.Via != "":
		return fmt.Errorf("popen//via=%s starts the worker that is there already: say lean for that gateway", s.Via)
	case s.Token != "" && s.TokenFile != "":
		return fmt.Errorf("token and token-file exclude each other")
	case s.Key != "" && s.TrustNew:
		return fmt.Errorf("key and trust exclude each other: with its key a server is known")
	case s.InstallVia != "" && (s.Key != "" || s.Token != "" || s.TokenFile != "" || s.Cert != "" || s.TrustNew):
		return fmt.Errorf("installvia starts a server with a key and a token of its own; it takes no others")
	}
	return nil
}

// String gives the text form, with secrets hidden: the values of the environment,
// since they may be, and the token.
func (s *Spec) String() string {
	parts := []string{s.Kind}
	if s.Address != "" {
		parts[0] += "=" + s.Address
	}
	for _, known := range settings {
		if value := known.get(s); value != "" {
			parts = append(parts, known.name+"="+value)
		}
	}
	if s.Sudo && s.SudoUser == "" {
		parts = append(parts, "sudo")
	}
	if s.Ephemeral {
		parts = append(parts, "ephemeral")
	}
	if s.Lean {
		parts = append(parts, "lean")
	}
	for _, variable := range slices.Sorted(slices.Values(s.Env)) {
		name, _, _ := strings.Cut(variable, "=")
		parts = append(parts, envPrefix+name+"="+hidden)
	}
	return strings.Join(parts, "//")
}

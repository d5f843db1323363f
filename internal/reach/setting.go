package reach

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/farside-go/farside/internal/pin"
)

const (
	envPrefix = "env:"
	hidden    = "***"
	firstUse  = "first-use" // the value of trust
)

// A setting is what may stand behind // in a spec.
type setting struct {
	name   string // or its beginning, if it ends with a colon
	kinds  string // the kinds that know it; empty means all
	flag   bool   // it has no value
	secret bool
	set    func(s *Spec, rest, value string) error // rest is what of the name is not in name
	get    func(s *Spec) string                    // as it is printed; empty if it is not set
}

// settings are in the order in which they are printed.
var settings = []setting{
	{name: "id", set: setID, get: func(s *Spec) string { return s.ID }},
	text("chdir", "", "a directory", func(s *Spec) *string { return &s.Chdir }),
	{name: "memory", set: setMemory, get: getMemory},
	{name: "nice", set: setNice, get: getNice},
	text("worker", "", "a path", func(s *Spec) *string { return &s.Worker }),
	text("via", "", "the id of a gateway", func(s *Spec) *string { return &s.Via }),
	text("installvia", Socket, "the id of a gateway", func(s *Spec) *string { return &s.InstallVia }),
	{name: "key", kinds: Socket, set: setKey, get: func(s *Spec) string { return s.Key }},
	secret(text("token", Socket, "the token that the server shows", func(s *Spec) *string { return &s.Token })),
	text("token-file", Socket, "a path", func(s *Spec) *string { return &s.TokenFile }),
	text("cert", Socket, "a path", func(s *Spec) *string { return &s.Cert }),
	text("known-servers", Socket, "a path", func(s *Spec) *string { return &s.KnownServers }),
	text("ssh_config", SSH, "a path", func(s *Spec) *string { return &s.SSHConfig }),
	{name: "sudo", kinds: SSH, flag: true, set: setSudo, get: func(s *Spec) string { return s.SudoUser }},
	{name: "trust", kinds: Socket + " " + SSH, set: setTrust, get: getTrust},
	flag("ephemeral", SSH+" "+commandKinds, func(s *Spec) *bool { return &s.Ephemeral }),
	flag("lean", "", func(s *Spec) *bool { return &s.Lean }),
	{name: envPrefix, secret: true, set: setEnv, get: func(*Spec) string { return "" }},
}

// setting gives what a key of a spec sets, or nil if the spec's kind does not know
// it.
func (s *Spec) setting(key string) *setting {
	for i, known := range settings {
		matches := key == known.name || strings.HasSuffix(known.name, ":") && strings.HasPrefix(key, known.name)
		if matches && known.isFor(s.Kind) {
			return &settings[i]
		}
	}
	return nil
}

// isFor reports whether a kind of spec knows the setting.
func (s *setting) isFor(kind string) bool {
	return s.kinds == "" || slices.Contains(strings.Fields(s.kinds), kind)
}

// Settings lists the settings that a kind of spec knows, for help and completion.
func Settings(kind string) []string {
	var names []string
	for _, known := range settings {
		switch {
		case !known.isFor(kind):
		case known.name == envPrefix:
			names = append(names, envPrefix+"NAME")
		default:
			names = append(names, known.name)
		}
	}
	slices.Sort(names)
	return names
}

// text is a setting that may have any value but none.
func text(name, kinds, what string, field func(*Spec) *string) setting {
	return setting{
		name: name, kinds: kinds, get: func(s *Spec) string { return *field(s) },
		set: func(s *Spec, _, value string) error {
			if value == "" {
				return fmt.Errorf("%s needs %s", name, what)
			}
			*field(s) = value
			return nil
		},
	}
}

// flag is a setting that has no value.
func flag(name, kinds string, field func(*Spec) *bool) setting {
	return setting{
		name: name, kinds: kinds, flag: true, get: func(*Spec) string { return "" },
		set: func(s *Spec, _, value string) error {
			if value != "" {
				return fmt.Errorf("%s takes no value, but %q was given", name, value)
			}
			*field(s) = true
			return nil
		},
	}
}

// secret hides the value of a setting when it is printed.
func secret(s setting) setting {
	get := s.get
	s.secret = true
	s.get = func(spec *Spec) string {
		if get(spec) == "" {
			return ""
		}
		return hidden
	}
	return s
}

func setID(s *Spec, _, value string) error {
	if value == "" || strings.ContainsFunc(value, unicode.IsControl) {
		return fmt.Errorf("id must be a printable name")
	}
	s.ID = value
	return nil
}

func setNice(s *Spec, _, value string) (err error) {
	if s.Nice, err = strconv.Atoi(value); err != nil {
		return fmt.Errorf("nice=%s is not a number", value)
	}
	return nil
}

func getNice(s *Spec) string {
	if s.Nice == 0 {
		return ""
	}
	return strconv.Itoa(s.Nice)
}

func setMemory(s *Spec, _, value string) (err error) {
	if s.Memory, err = parseSize(value); err != nil {
		return fmt.Errorf("memory=%s %w", value, err)
	}
	return nil
}

func getMemory(s *Spec) string {
	if s.Memory == 0 {
		return ""
	}
	return formatSize(s.Memory)
}

func setKey(s *Spec, _, value string) error {
	if !pin.IsFingerprint(value) {
		return fmt.Errorf("key is not the fingerprint of a key: SHA256: and 43 letters, digits, - and _") // it may be a token in the wrong place
	}
	s.Key = value
	return nil
}

func setSudo(s *Spec, _, user string) error {
	if _, err := sudo(user); err != nil {
		return fmt.Errorf("sudo: %w", err)
	}
	s.Sudo, s.SudoUser = true, user
	return nil
}

func setTrust(s *Spec, _, value string) error {
	if value != firstUse {
		return fmt.Errorf("trust=%s is not known, only trust=%s", value, firstUse)
	}
	s.TrustNew = true
	return nil
}

func getTrust(s *Spec) string {
	if !s.TrustNew {
		return ""
	}
	return firstUse
}

func setEnv(s *Spec, name, value string) error {
	if name == "" || strings.ContainsAny(name+value, "\x00") {
		return fmt.Errorf("env:%s is not the name and value of a variable", name)
	}
	s.Env = append(s.Env, name+"="+value)
	return nil
}

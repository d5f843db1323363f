package sshdial

import (
	"fmt"
	"net"
	"strconv"
	"strings"
)

// A destination is what a person names. What is empty is for the configuration.
type destination struct {
	user, host string
	port       int
}

// parseDestination reads [user@]host[:port], also as an ssh:// address.
func parseDestination(text string) (to destination, err error) {
	rest := strings.TrimSuffix(strings.TrimPrefix(text, "ssh://"), "/")
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		to.user, rest = rest[:at], rest[at+1:]
		if to.user == "" {
			return to, fmt.Errorf("%q has no user before the @", text)
		}
	}
	to.host = rest
	if strings.HasPrefix(rest, "[") || strings.Count(rest, ":") == 1 {
		if to.host, to.port, err = splitPort(rest); err != nil {
			return to, fmt.Errorf("%q is not [user@]host[:port]: %w", text, err)
		}
	}
	if to.host == "" {
		return to, fmt.Errorf("%q names no host", text)
	}
	if word, bad := unsafe(to.user), unsafe(to.host); word || bad {
		return to, fmt.Errorf("%q has a mark that a shell could take for its own", text)
	}
	return to, nil
}

func splitPort(text string) (host string, port int, err error) {
	if strings.HasSuffix(text, "]") {
		return text[1 : len(text)-1], 0, nil
	}
	host, digits, err := net.SplitHostPort(text)
	if err != nil {
		return "", 0, err
	}
	number, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || number == 0 {
		return "", 0, fmt.Errorf("%q is no port", digits)
	}
	return host, int(number), nil
}

// unsafe reports what must not come to a ProxyCommand, which a shell reads: names may
// be from somewhere else than the configuration.
func unsafe(name string) bool {
	return strings.HasPrefix(name, "-") || strings.ContainsFunc(name, func(c rune) bool {
		return c <= ' ' || c == 0x7f || strings.ContainsRune("'`\"$\\;&<>|(){}", c)
	})
}

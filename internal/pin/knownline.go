package pin

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// A knownServer is one line of a file of known servers.
type knownServer struct {
	address     string // as normalize gives it
	fingerprint string
	line        int // counted from 1
}

// String is the line.
func (s knownServer) String() string { return s.address + " " + s.fingerprint }

// parseKnown gives the servers of a file by their addresses. Its errors begin with
// the line's number.
func parseKnown(content []byte) (map[string]knownServer, error) {
	servers := map[string]knownServer{}
	number := 0
	for text := range strings.Lines(string(content)) {
		number++
		text, _, _ = strings.Cut(text, "#")
		fields := strings.Fields(text)
		if len(fields) == 0 {
			continue
		}
		server, err := parseServer(fields)
		if err != nil {
			return nil, fmt.Errorf("%d: %w", number, err)
		}
		server.line = number
		first, twice := servers[server.address]
		if twice && first.fingerprint != server.fingerprint {
			return nil, fmt.Errorf("%d: %s has another key in line %d", number, server.address, first.line)
		}
		if !twice {
			servers[server.address] = server
		}
	}
	return servers, nil
}

func parseServer(fields []string) (knownServer, error) {
	if len(fields) != 2 {
		return knownServer{}, fmt.Errorf("a line has an address and a fingerprint, and this one %d words", len(fields))
	}
	address, err := normalize(fields[0])
	if err != nil {
		return knownServer{}, err
	}
	if !IsFingerprint(fields[1]) {
		return knownServer{}, errNoFingerprint
	}
	return knownServer{address: address, fingerprint: fields[1]}, nil
}

// normalize gives the one way to write an address: the host in lower case, or as
// netip writes it. What would not stay one word of one line is refused.
func normalize(address string) (string, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return "", fmt.Errorf("an address is host:port: %w", err)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil || number == 0 {
		return "", fmt.Errorf("%q is not host:port: the port is a number from 1 to 65535", address)
	}
	if host == "" || strings.ContainsFunc(host, isStrange) {
		return "", fmt.Errorf("%q is not host:port: a host has letters, digits and marks of ASCII, without blanks and #", address)
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		host = ip.String()
	} else {
		host = strings.ToLower(host)
	}
	return net.JoinHostPort(host, strconv.FormatUint(number, 10)), nil
}

func isStrange(r rune) bool { return r <= ' ' || r > '~' || r == '#' }

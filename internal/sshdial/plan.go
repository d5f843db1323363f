package sshdial

import (
	"fmt"
	"slices"
	"strings"

	"github.com/farside-go/farside/internal/sshconfig"
)

// maxHops bounds chains that do not meet themselves.
const maxHops = 32

// plan gives the servers on the way to a destination, in the order in which they are
// reached.
func (s *Settings) plan() ([]*sshconfig.Host, error) {
	p := &planner{settings: s, warned: map[string]bool{}}
	return p.to(s.Destination, true)
}

type planner struct {
	settings *Settings
	chain    []string // what leads to what
	hops     int
	warned   map[string]bool
}

// to gives the way to one destination. Only the first of several jump hosts is
// reached by its own configuration: the way to the others is given.
func (p *planner) to(name string, first bool) ([]*sshconfig.Host, error) {
	to, err := parseDestination(name)
	if err != nil {
		return nil, err
	}
	host, err := p.settings.query(to)
	if err != nil {
		return nil, err
	}
	p.warn(host)
	if !first {
		host.ProxyJump, host.ProxyCommand = nil, ""
	}
	if err := p.enter(host); err != nil {
		return nil, err
	}
	defer func() { p.chain = p.chain[:len(p.chain)-1] }()
	var way []*sshconfig.Host
	for i, jump := range host.ProxyJump {
		before, err := p.to(jump, i == 0)
		if err != nil {
			return nil, err
		}
		way = append(way, before...)
	}
	return append(way, host), nil
}

func (p *planner) enter(here *sshconfig.Host) error {
	name := here.String()
	looped := slices.Contains(p.chain, name)
	p.chain = append(p.chain, name)
	if looped {
		return fmt.Errorf("ProxyJump leads in a circle: %s; give one of them ProxyJump none", strings.Join(p.chain, " -> "))
	}
	if p.hops++; p.hops > maxHops {
		return fmt.Errorf("ProxyJump leads over more than %d hosts: %s", maxHops, strings.Join(p.chain, " -> "))
	}
	return nil
}

// warn tells what of the configuration has no effect.
func (p *planner) warn(here *sshconfig.Host) {
	for _, note := range here.Notes {
		if p.warned[note.Where] {
			continue
		}
		p.warned[note.Where] = true
		log := p.settings.Logger.Warn
		if note.Minor {
			log = p.settings.Logger.Info
		}
		log("ssh: a setting is not honoured", "setting", note.Keyword, "value", note.Value, "where", note.Where, "host", here.Alias)
	}
	if here.HostKeyChecking == sshconfig.CheckNo {
		p.settings.Logger.Warn("ssh: StrictHostKeyChecking no is not honoured: unknown and changed host keys are refused", "host", here.Alias)
	}
}

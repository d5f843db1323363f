package sshconfig

import (
	"net"
	"strconv"
	"time"
)

// Alive is the default of Host.AliveInterval: with AliveCountMax 3, an other side
// that has fallen silent is noticed within 30 s.
const Alive = 7 * time.Second

// Values of Host.HostKeyChecking.
const (
	CheckYes       = "yes"
	CheckAsk       = "ask"
	CheckAcceptNew = "accept-new"
	CheckNo        = "no"
)

// A Host is what the configuration holds for one destination, with all expanded.
type Host struct {
	Alias    string // as the user named it
	HostName string // the name or address to connect to
	User     string
	Port     int

	IdentityFiles    []string
	DefaultIdentity  bool // IdentityFiles are the usual ones, which may be missing
	CertificateFiles []string
	IdentitiesOnly   bool
	IdentityAgent    string // path of the agent's socket; empty for none

	ProxyJump    []string // destinations, the first to be reached first
	ProxyCommand string   // for a shell

	ConnectTimeout time.Duration // 0 for none
	AliveInterval  time.Duration // 0 for never
	AliveCountMax  int

	UserKnownHosts    []string
	GlobalKnownHosts  []string
	HashKnownHosts    bool
	HostKeyChecking   string // one of the values above
	HostKeyAlias      string
	HostKeyAlgorithms string // as it stands there; empty for the usual ones

	AddressFamily string // any, inet or inet6
	BatchMode     bool   // nobody is to be asked
	Methods       []string

	Notes []Note

	query  *Query
	reader *reader
}

// Address is what to connect to: host:port.
func (h *Host) Address() string { return net.JoinHostPort(h.HostName, strconv.Itoa(h.Port)) }

// String names the host: user@host:port, as it is connected to.
func (h *Host) String() string { return h.User + "@" + h.Address() }

// A Note names a setting that was found and has no effect here.
type Note struct {
	Keyword, Value string
	Where          string // file:line
	Minor          bool   // it changes neither whom we talk to nor whether we can
}

package sshconfig

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// hostName is what HostName says so far.
func (r *reader) hostName() string {
	name := r.finalName
	if name == "" {
		name = r.query.Alias
		if given, ok := r.values["hostname"]; ok {
			alias := Host{HostName: name}
			if expanded, err := alias.expand(given.args[0], "h"); err == nil {
				return expanded
			}
		}
	}
	return name
}

// user is what User says so far.
func (r *reader) user() string {
	if r.query.User != "" {
		return r.query.User
	}
	if given, ok := r.values["user"]; ok {
		return given.args[0]
	}
	return r.query.LocalUser
}

// decode gives meaning to what was read. Its order matters: what comes later may name
// what came before with a token.
func (r *reader) decode() (*Host, error) {
	h := &Host{Alias: r.query.Alias, User: r.user(), Notes: r.notes, query: r.query, reader: r}
	d := decoder{r: r, h: h}
	d.address()
	d.hostKeys()
	d.times()
	d.authentication()
	d.proxy()
	d.identities()
	return h, d.err
}

// A decoder keeps the first error.
type decoder struct {
	r   *reader
	h   *Host
	err error
}

// one gives the first word of a keyword's value.
func (d *decoder) one(keyword, otherwise string) string {
	if given, ok := d.r.values[keyword]; ok {
		return given.args[0]
	}
	return otherwise
}

func (d *decoder) fail(keyword string, err error) {
	if err == nil || d.err != nil {
		return
	}
	if given, ok := d.r.values[keyword]; ok {
		keyword = given.where + ": " + keyword
	}
	d.err = fmt.Errorf("%s: %w", keyword, err)
}

func (d *decoder) yes(keyword string, otherwise bool) bool {
	switch text := strings.ToLower(d.one(keyword, strconv.FormatBool(otherwise))); text {
	case "yes", "true":
		return true
	case "no", "false":
		return false
	default:
		d.fail(keyword, fmt.Errorf("%q is neither yes nor no", text))
		return otherwise
	}
}

func (d *decoder) number(keyword string, otherwise, low, high int) int {
	text := d.one(keyword, strconv.Itoa(otherwise))
	n, err := strconv.Atoi(text)
	if err != nil || n < low || n > high {
		d.fail(keyword, fmt.Errorf("%q is not a number from %d to %d", text, low, high))
		return otherwise
	}
	return n
}

func (d *decoder) address() {
	h := d.h
	h.HostName = strings.ToLower(d.r.hostName())
	if given, ok := d.r.values["hostname"]; ok && !d.r.final {
		alias := Host{HostName: h.Alias}
		_, err := alias.expand(given.args[0], "h")
		d.fail("hostname", err)
	}
	h.Port = d.number("port", 22, 1, 65535)
	if d.r.query.Port != 0 {
		h.Port = d.r.query.Port
	}
	h.AddressFamily = d.choice("addressfamily", "any", "any", "inet", "inet6")
}

func (d *decoder) choice(keyword, otherwise string, allowed ...string) string {
	text := strings.ToLower(d.one(keyword, otherwise))
	if !slices.Contains(allowed, text) {
		d.fail(keyword, fmt.Errorf("%q is none of %s", text, strings.Join(allowed, ", ")))
		return otherwise
	}
	return text
}

func (d *decoder) hostKeys() {
	h := d.h
	h.HostKeyAlias = d.one("hostkeyalias", "")
	h.HostKeyAlgorithms = d.one("hostkeyalgorithms", "")
	h.HashKnownHosts = d.yes("hashknownhosts", false)
	h.HostKeyChecking = d.choice("stricthostkeychecking", CheckAsk, CheckAsk, CheckYes, "true", CheckNo, "false", "off", CheckAcceptNew)
	switch h.HostKeyChecking {
	case "true":
		h.HostKeyChecking = CheckYes
	case "false", "off":
		h.HostKeyChecking = CheckNo
	}
	h.UserKnownHosts = d.files("userknownhostsfile", "~/.ssh/known_hosts", "~/.ssh/known_hosts2")
	h.GlobalKnownHosts = d.files("globalknownhostsfile",
		filepath.Join(systemFolder, "ssh_known_hosts"), filepath.Join(systemFolder, "ssh_known_hosts2"))
	if path := d.one("revokedhostkeys", "none"); path != "none" {
		d.fail("revokedhostkeys", fmt.Errorf("%s cannot be read here, and without it a revoked key would be accepted: "+
			"write its keys to a known_hosts file, with @revoked before them, and leave this line out", path))
	}
}

// files gives the expanded paths of a keyword with several.
func (d *decoder) files(keyword string, otherwise ...string) (paths []string) {
	names := otherwise
	if given, ok := d.r.values[keyword]; ok {
		names = given.args
	}
	for _, name := range names {
		if strings.EqualFold(name, "none") {
			continue
		}
		path, err := d.h.path(name)
		d.fail(keyword, err)
		paths = append(paths, path)
	}
	return paths
}

func (d *decoder) times() {
	h := d.h
	h.ConnectTimeout = d.duration("connecttimeout", 0)
	h.AliveInterval = d.duration("serveraliveinterval", Alive)
	h.AliveCountMax = d.number("serveralivecountmax", 3, 0, 1<<20)
}

func (d *decoder) duration(keyword string, otherwise time.Duration) time.Duration {
	text := d.one(keyword, "")
	if text == "" || strings.EqualFold(text, "none") {
		return otherwise
	}
	total, err := parseTime(text)
	d.fail(keyword, err)
	return total
}

var errTime = errors.New("a time is a number of seconds, or of s, m, h, d and w as in 1m30s")

// parseTime reads a sum of times as ssh writes them.
func parseTime(text string) (total time.Duration, err error) {
	units := map[byte]time.Duration{'s': time.Second, 'm': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}
	const most = 10 * 365 * 24 * time.Hour
	for text != "" {
		digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
		n, err := strconv.ParseInt(text[:digits], 10, 32)
		if err != nil {
			return 0, errTime
		}
		unit := time.Second
		if text = text[digits:]; text != "" {
			var ok bool
			if unit, ok = units[text[0]|0x20]; !ok {
				return 0, errTime
			}
			text = text[1:]
		}
		if n > int64((most-total)/unit) {
			return 0, errTime
		}
		total += time.Duration(n) * unit
	}
	return total, nil
}

// Methods of authentication, in the order in which they are tried.
const (
	MethodKey      = "publickey"
	MethodKeyboard = "keyboard-interactive"
	MethodPassword = "password"
)

func (d *decoder) authentication() {
	h := d.h
	h.BatchMode = d.yes("batchmode", false)
	allowed := map[string]bool{
		MethodKey:      d.keys(),
		MethodKeyboard: d.yes("kbdinteractiveauthentication", true),
		MethodPassword: d.yes("passwordauthentication", true),
	}
	order := d.one("preferredauthentications", MethodKey+","+MethodKeyboard+","+MethodPassword)
	for name := range strings.SplitSeq(order, ",") {
		if allowed[name] {
			h.Methods = append(h.Methods, name)
		}
	}
}

// keys reports whether keys are to be tried. Two more words than yes are about how
// they are bound to hosts.
func (d *decoder) keys() bool {
	const keyword = "pubkeyauthentication"
	switch strings.ToLower(d.one(keyword, "yes")) {
	case "unbound", "host-bound":
		return true
	}
	return d.yes(keyword, true)
}

func (d *decoder) proxy() {
	h := d.h
	if jump, _, _ := strings.Cut(d.one("proxyjump", "none"), "#"); !strings.EqualFold(strings.TrimSpace(jump), "none") {
		for hop := range strings.SplitSeq(jump, ",") {
			if hop = strings.TrimSpace(hop); hop == "" {
				d.fail("proxyjump", errors.New("it names an empty host"))
			}
			h.ProxyJump = append(h.ProxyJump, hop)
		}
	}
	if command := d.one("proxycommand", "none"); !strings.EqualFold(command, "none") {
		var err error
		h.ProxyCommand, err = h.expand(command, "hnpr")
		d.fail("proxycommand", err)
	}
}

func (d *decoder) identities() {
	h := d.h
	h.IdentitiesOnly = d.yes("identitiesonly", false)
	h.CertificateFiles = d.list(certificates, "certificatefile")
	h.IdentityFiles = d.list(identities, "identityfile")
	if len(d.r.lists[identities]) == 0 {
		h.DefaultIdentity = true
		for _, name := range []string{"id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk"} {
			h.IdentityFiles = append(h.IdentityFiles, filepath.Join(h.query.Home, ".ssh", name))
		}
	}
	h.IdentityAgent = d.agent()
}

func (d *decoder) list(which int, keyword string) (paths []string) {
	for _, given := range d.r.lists[which] {
		if strings.EqualFold(given.args[0], "none") {
			continue
		}
		path, err := d.h.path(given.args[0])
		if err != nil {
			d.fail(given.where+": "+keyword, err)
			continue
		}
		paths = append(paths, path)
	}
	return paths
}

// agent gives the path of the agent's socket.
func (d *decoder) agent() string {
	const usual = "SSH_AUTH_SOCK"
	text := d.one("identityagent", usual)
	switch {
	case strings.EqualFold(text, "none"):
		return ""
	case text == usual:
		return d.h.query.Getenv(usual)
	case strings.HasPrefix(text, "$") && !strings.HasPrefix(text, "${"):
		return d.h.query.Getenv(text[1:])
	}
	path, err := d.h.path(text)
	d.fail("identityagent", err)
	return path
}

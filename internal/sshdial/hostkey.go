package sshdial

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/knownhosts"
	"github.com/farside-go/farside/internal/sshauth"
	"github.com/farside-go/farside/internal/sshconfig"
	"github.com/farside-go/farside/internal/sshpattern"
)

// hostKeys is what a hop's key is checked with.
type hostKeys struct {
	attempt    *attempt
	known      *knownhosts.Host
	name       string
	port       int
	algorithms []string
	accepted   ssh.PublicKey // nil before the first check
}

// hostKeys reads what is known of the hop.
func (a *attempt) hostKeys() (*hostKeys, error) {
	k := &hostKeys{attempt: a, name: a.hop.HostName, port: a.hop.Port}
	if a.hop.HostKeyAlias != "" {
		k.name, k.port = a.hop.HostKeyAlias, knownhosts.DefaultPort
	}
	var err error
	if k.known, err = knownhosts.Read(slices.Concat(a.hop.UserKnownHosts, a.hop.GlobalKnownHosts), k.name, k.port); err != nil {
		return nil, err
	}
	allowed, err := hostKeyAlgorithms(a.hop.HostKeyAlgorithms)
	if err != nil {
		return nil, err
	}
	k.algorithms = k.known.Algorithms(allowed)
	return k, nil
}

// usualAlgorithms are those the library holds to be secure, in OpenSSH's order.
var usualAlgorithms = func() []string {
	first := []string{
		ssh.CertAlgoED25519v01, ssh.CertAlgoECDSA256v01, ssh.CertAlgoECDSA384v01, ssh.CertAlgoECDSA521v01,
		ssh.CertAlgoRSASHA512v01, ssh.CertAlgoRSASHA256v01,
		ssh.KeyAlgoED25519, ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521,
		ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256,
	}
	rest := slices.DeleteFunc(ssh.SupportedAlgorithms().HostKeys, func(name string) bool { return slices.Contains(first, name) })
	return append(first, rest...)
}()

// hostKeyAlgorithms reads HostKeyAlgorithms: a list, or one that is added to the usual
// ones (+), taken from them (-), or put before them (^).
func hostKeyAlgorithms(text string) ([]string, error) {
	if text == "" {
		return usualAlgorithms, nil
	}
	how := text[0]
	list := strings.Split(strings.TrimLeft(text, "+-^"), ",")
	named := func(name string) bool { return sshpattern.Match(name, list) }
	everything := slices.Concat(usualAlgorithms, ssh.InsecureAlgorithms().HostKeys)
	chosen := slices.DeleteFunc(slices.Clone(everything), func(name string) bool { return !named(name) })
	others := slices.DeleteFunc(slices.Clone(usualAlgorithms), named)
	switch how {
	case '+':
		return append(others, chosen...), nil
	case '-':
		return others, nil
	case '^':
		return append(chosen, others...), nil
	}
	place := func(name string) int {
		return slices.IndexFunc(list, func(pattern string) bool { return sshpattern.Match(name, []string{pattern}) })
	}
	slices.SortStableFunc(chosen, func(a, b string) int { return place(a) - place(b) })
	if len(chosen) == 0 {
		return nil, fmt.Errorf("HostKeyAlgorithms %s names none that is known here", text)
	}
	return chosen, nil
}

// check is called when a connection begins, and whenever it changes its secrets. Who
// was accepted then stays, and nobody else is.
func (k *hostKeys) check(ctx context.Context, key ssh.PublicKey) error {
	if k.accepted == nil {
		if err := k.first(ctx, key); err != nil {
			return err
		}
		k.accepted = key
	}
	if !bytes.Equal(k.accepted.Marshal(), key.Marshal()) {
		return fmt.Errorf("the key has become %s amid the connection", ssh.FingerprintSHA256(key))
	}
	return nil
}

// first refuses a key that is not the hop's, unless it is new and may be recorded.
func (k *hostKeys) first(ctx context.Context, key ssh.PublicKey) error {
	err := k.known.Check(key)
	unknown, ok := errors.AsType[*knownhosts.UnknownError](err)
	if !ok || len(unknown.Damaged) > 0 {
		return err
	}
	trusted, asked := k.trusts(ctx, unknown)
	if asked != nil {
		return asked
	}
	if !trusted {
		return fmt.Errorf("%w, and only if it is that one add it to %s, or record it with trust=first-use", err, k.file())
	}
	if len(k.attempt.hop.UserKnownHosts) == 0 {
		return fmt.Errorf("%w; there is no file to record it in: UserKnownHostsFile is none", err)
	}
	return knownhosts.Record(k.file(), k.name, k.port, key, k.attempt.hop.HashKnownHosts)
}

func (k *hostKeys) file() string {
	if files := k.attempt.hop.UserKnownHosts; len(files) > 0 {
		return files[0]
	}
	return "known_hosts"
}

// trusts says whether a new key is to be recorded.
func (k *hostKeys) trusts(ctx context.Context, unknown *knownhosts.UnknownError) (bool, error) {
	a := k.attempt
	switch {
	case a.settings.TrustNew, a.hop.HostKeyChecking == sshconfig.CheckAcceptNew:
		return true, nil
	case a.person == nil, a.hop.HostKeyChecking != sshconfig.CheckAsk:
		return false, nil
	}
	answers, err := a.person.Ask(ctx, &sshauth.Prompt{Kind: sshauth.HostKey, Host: a.hop.String(), Text: unknown.Error(),
		Questions: []sshauth.Question{{Text: "Trust it (yes, no, or its fingerprint)? ", Echo: true}}})
	if err != nil {
		return false, err
	}
	answer := strings.TrimSpace(answers[0])
	return strings.EqualFold(answer, "yes") || answer == ssh.FingerprintSHA256(unknown.Key), nil
}

package sshdial_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"golang.org/x/crypto/ssh"
	xknownhosts "golang.org/x/crypto/ssh/knownhosts"

	"github.com/farside-go/farside/internal/knownhosts"
	"github.com/farside-go/farside/internal/sshauth"
	"github.com/farside-go/farside/internal/sshdial"
)

func TestUnknownHostIsRefusedAndNotRecorded(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "")
	for _, checking := range []string{"", "yes", "no", "ask"} {
		if checking != "" {
			settings = h.settings(s.destination(), "StrictHostKeyChecking "+checking)
		}
		h.write("known_hosts", "")
		err := fails(t, settings, sshdial.StageKey, s.host.fingerprint(), h.path("known_hosts"), "trust=first-use")
		if _, ok := errors.AsType[*knownhosts.UnknownError](err); !ok {
			t.Errorf("error %v", err)
		}
		if h.read("known_hosts") != "" {
			t.Error("it is recorded")
		}
	}
}

func TestTrustedOnceIsKnownAfterwards(t *testing.T) {
	for _, c := range []struct {
		config string
		trust  bool
		hashed bool
	}{{"", true, false}, {"StrictHostKeyChecking accept-new\nHashKnownHosts yes", false, true}} {
		s, h := newServer(t, nil), newHome(t)
		settings := h.meet(s, c.config)
		os.Remove(h.path("known_hosts"))
		settings.TrustNew = c.trust
		works(t, settings)
		line := h.read("known_hosts")
		if hashed := strings.HasPrefix(line, "|1|"); hashed != c.hashed || strings.Count(line, "\n") != 1 {
			t.Errorf("recorded is %q", line)
		}
		works(t, h.settings(s.destination(), "StrictHostKeyChecking yes"))
	}
}

func TestChangedHostIsRefusedThoughNewOnesAreTrusted(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "StrictHostKeyChecking accept-new")
	before := knownLine("127.0.0.1", s.port, newKey(t))
	h.write("known_hosts", before)
	settings.TrustNew = true
	fails(t, settings, sshdial.StageKey, s.host.fingerprint(), h.path("known_hosts")+":1", "in between")
	if got := h.read("known_hosts"); got != before {
		t.Errorf("the file became %q", got)
	}
}

// golang/go#29286: the server's first choice is a key that is not known.
func TestServerWithSeveralKeysIsKnownByAnyOfThem(t *testing.T) {
	other := newECDSA(t)
	s := newServer(t, func(s *server) { s.config.AddHostKey(other) })
	h := newHome(t)
	settings := h.meet(s, "")
	for _, known := range []key{s.host, other} {
		h.write("known_hosts", knownLine("127.0.0.1", s.port, known))
		works(t, settings)
	}
}

func TestHostKeyOfAnotherTypeIsRefusedAsSuch(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "")
	h.write("known_hosts", knownLine("127.0.0.1", s.port, newECDSA(t)))
	settings.TrustNew = true
	fails(t, settings, sshdial.StageKey, "another type", s.host.fingerprint(), h.path("known_hosts")+":1")
}

func TestHashedNameIsFound(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "")
	name, rest, _ := strings.Cut(s.known(), " ")
	h.write("known_hosts", xknownhosts.HashHostname(name)+" "+rest)
	works(t, settings)
}

func TestHostCertificateNeedsNoKnownKey(t *testing.T) {
	authority := newKey(t)
	s := newServer(t, func(s *server) {
		signer, err := ssh.NewCertSigner(authority.certify(t, s.host, ssh.HostCert, "127.0.0.1"), s.host)
		if err != nil {
			t.Fatal(err)
		}
		s.config.AddHostKey(signer)
	})
	h := newHome(t)
	settings := h.meet(s, "")
	h.write("known_hosts", "@cert-authority * "+authority.line())
	works(t, settings)
	h.write("known_hosts", "@cert-authority * "+authority.line()+"@revoked * "+s.host.line())
	fails(t, settings, sshdial.StageKey, "revokes", h.path("known_hosts")+":2")
}

func TestHostKeyAliasIsLookedUpWithoutAPort(t *testing.T) {
	s, h := newServer(t, nil), newHome(t)
	settings := h.meet(s, "HostKeyAlias the-one\nUserKnownHostsFile ~/.ssh/none ~/.ssh/%k")
	h.write("the-one", knownLine("the-one", 22, s.host))
	works(t, settings)
	os.Remove(h.path("the-one"))
	settings.TrustNew = true
	works(t, settings)
	if got := h.read("none"); got != knownLine("the-one", 22, s.host) {
		t.Errorf("recorded is %q", got)
	}
}

func TestUnreadableKnownHostsAreNoEmptyOnes(t *testing.T) {
	h := newHome(t)
	settings := h.meet(newServer(t, nil), "UserKnownHostsFile ~/.ssh")
	settings.TrustNew = true
	fails(t, settings, sshdial.StageKey, h.path(""))
}

func TestPersonIsAskedAboutANewHost(t *testing.T) {
	s := newServer(t, nil)
	for _, c := range []struct {
		answer  string
		trusted bool
	}{{"yes", true}, {s.host.fingerprint(), true}, {"no", false}, {"", false}, {newKey(t).fingerprint(), false}} {
		h := newHome(t)
		settings := h.meet(s, "")
		os.Remove(h.path("known_hosts"))
		asked := 0
		settings.Prompt = func(_ context.Context, p *sshauth.Prompt) ([]string, error) {
			asked++
			if p.Kind != sshauth.HostKey || !strings.Contains(p.Text, s.host.fingerprint()) {
				t.Errorf("asked %+v", p)
			}
			return []string{c.answer}, nil
		}
		if c.trusted {
			works(t, settings)
		} else {
			fails(t, settings, sshdial.StageKey, s.host.fingerprint())
		}
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	}
}

// Long connections change their secrets, and the key is shown again.
func TestPersonIsAskedOnceAConnection(t *testing.T) {
	s := newServer(t, func(s *server) { s.config.RekeyThreshold = 1 })
	h := newHome(t)
	settings := h.meet(s, "UserKnownHostsFile "+os.DevNull)
	asked := 0
	settings.Prompt = func(context.Context, *sshauth.Prompt) ([]string, error) {
		asked++
		return []string{"yes"}, nil
	}
	c := open(t, settings)
	if got := run(t, c, "head -c 100000 /dev/zero"); len(got) != 100_000 {
		t.Errorf("%d bytes came", len(got))
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

func TestNobodyIsAskedWhereTheConfigurationIsStrict(t *testing.T) {
	for _, config := range []string{"StrictHostKeyChecking yes", "StrictHostKeyChecking no", "BatchMode yes"} {
		h := newHome(t)
		settings := h.meet(newServer(t, nil), config)
		os.Remove(h.path("known_hosts"))
		settings.Prompt = func(_ context.Context, p *sshauth.Prompt) ([]string, error) {
			t.Errorf("%s: asked %+v", config, p)
			return []string{"yes"}, nil
		}
		fails(t, settings, sshdial.StageKey)
	}
}

func TestHostKeyAlgorithmsAreChosen(t *testing.T) {
	other := newECDSA(t)
	s := newServer(t, func(s *server) { s.config.AddHostKey(other) })
	for algorithms, want := range map[string]key{
		"ecdsa-sha2-nistp256": other, "^ecdsa*": other, "-ssh-ed25519": other, "+ssh-rsa": s.host, "ssh-ed25519,ecdsa-sha2-nistp256": s.host,
	} {
		h := newHome(t)
		settings := h.meet(s, "HostKeyAlgorithms "+algorithms)
		h.write("known_hosts", "")
		fails(t, settings, sshdial.StageKey, want.fingerprint())
	}
	h := newHome(t)
	fails(t, h.meet(s, "HostKeyAlgorithms none-such"), sshdial.StageKey, "none-such")
	fails(t, h.meet(s, "HostKeyAlgorithms rsa-sha2-512"), sshdial.StageHandshake, "there is no", "rsa-sha2-512")
}

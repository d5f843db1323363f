package pin_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/pin"
)

func TestPinnedKeyIsAccepted(t *testing.T) {
	key := newKey(t)
	m := meet(t, pin.Server(key, nil), pin.Client(pin.Exactly(key.Fingerprint()), nil))
	m.good(t)
	if m.state.Version != tls.VersionTLS13 || m.state.NegotiatedProtocol != "farside" {
		t.Errorf("version %x, protocol %q", m.state.Version, m.state.NegotiatedProtocol)
	}
}

func TestOtherKeyIsRefused(t *testing.T) {
	key, other := newKey(t), newKey(t)
	m := meet(t, pin.Server(other, nil), pin.Client(pin.Exactly(key.Fingerprint()), nil))
	var mismatch *pin.MismatchError
	if !errors.As(m.handshake, &mismatch) {
		t.Fatalf("handshake: %v, want a MismatchError", m.handshake)
	}
	if mismatch.Want != key.Fingerprint() || mismatch.Got != other.Fingerprint() {
		t.Errorf("mismatch %+v", mismatch)
	}
	wantError(t, mismatch, key.Fingerprint(), other.Fingerprint(), "somebody is in between", "ask those who run it")
	wantError(t, m.server)
}

// The check is asked before the server proves that it holds the key, so that this
// must be verified after: a certificate can be had by anybody who connects.
func TestStolenCertificateIsRefused(t *testing.T) {
	key, thief := newKey(t), newKey(t)
	server := pin.Server(thief, nil)
	server.Certificates[0].Certificate = pin.Server(key, nil).Certificates[0].Certificate
	server.Certificates[0].Leaf = nil
	m := meet(t, server, pin.Client(pin.Exactly(key.Fingerprint()), nil))
	wantError(t, m.handshake, "signature")
}

func TestServersOwnPinThatIsNoneIsRefused(t *testing.T) {
	for _, text := range []string{"", "SHA256:", "secret-token"} {
		m := meet(t, pin.Server(newKey(t), nil), pin.Client(pin.Exactly(text), nil))
		wantError(t, m.handshake, "43 letters, digits")
		if strings.Contains(m.handshake.Error(), "secret") {
			t.Errorf("what may be a secret is repeated: %v", m.handshake)
		}
	}
}

func TestClockDoesNotMatterForPin(t *testing.T) {
	key := newKey(t)
	for _, year := range []int{1970, 2026, 9998} {
		now := time.Date(year, 1, 1, 0, 0, 1, 0, time.UTC)
		server, client := pin.Server(key, nil), pin.Client(pin.Exactly(key.Fingerprint()), nil)
		server.Time = func() time.Time { return now }
		client.Time = server.Time
		meet(t, server, client).good(t)

		leaf := server.Certificates[0].Leaf // for those who do look at its dates
		if now.Before(leaf.NotBefore) || now.After(leaf.NotAfter) {
			t.Errorf("the certificate is not valid in %d", year)
		}
	}
}

func TestServerRefusesOldTLS(t *testing.T) {
	client := pin.Client(accept, nil)
	client.MinVersion, client.MaxVersion = tls.VersionTLS12, tls.VersionTLS12
	m := meet(t, pin.Server(newKey(t), nil), client)
	wantError(t, m.server, "unsupported versions")
	wantError(t, m.handshake, "protocol version")
}

func TestClientRefusesOldTLS(t *testing.T) {
	server := pin.Server(newKey(t), nil)
	server.MinVersion, server.MaxVersion = tls.VersionTLS12, tls.VersionTLS12
	m := meet(t, server, pin.Client(accept, nil))
	wantError(t, m.handshake, "protocol version")
}

func TestServerRefusesOtherProtocols(t *testing.T) {
	for _, protocols := range [][]string{{"h2", "http/1.1"}, nil} {
		client := pin.Client(accept, nil)
		client.NextProtos, client.VerifyConnection = protocols, nil
		m := meet(t, pin.Server(newKey(t), nil), client)
		wantError(t, m.server, "protocol")
		if protocols != nil {
			wantError(t, m.handshake, "no application protocol")
		} else {
			wantError(t, m.read, "remote error")
		}
	}
}

func TestClientRefusesServerOfNoProtocol(t *testing.T) {
	server := pin.Server(newKey(t), nil)
	server.NextProtos, server.VerifyConnection = nil, nil
	asked := false
	m := meet(t, server, pin.Client(func(string) error { asked = true; return nil }, nil))
	wantError(t, m.handshake, "farside's protocol", "check the address")
	if asked {
		t.Error("the key of a server that is none of ours was asked for, and may have been recorded")
	}
}

func TestClientRefusesOtherKindOfKey(t *testing.T) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	der, err := x509.CreateCertificate(rand.Reader, template("server"), template("server"), private.Public(), private)
	must(t, err)
	server := pin.Server(newKey(t), nil)
	server.Certificates = []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: private}}
	m := meet(t, server, pin.Client(accept, nil))
	wantError(t, m.handshake, "ECDSA", "not an ed25519 one")
}

func TestGarbageEndsServersHandshake(t *testing.T) {
	random := make([]byte, 4096)
	rand.Read(random)
	random[0] = 0x80 // an alert or the like would be read to its end
	for name, garbage := range map[string]string{
		"http":       "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
		"ssh":        "SSH-2.0-OpenSSH_9.6\r\n",
		"zeros":      strings.Repeat("\x00", 64),
		"random":     string(random),
		"huge":       "\x16\x03\x01\xff\xff" + strings.Repeat("x", 64),
		"no hello":   "\x16\x03\x01\x00\x04\xff\x00\x00\x00",
		"half hello": "\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00",
	} {
		t.Run(name, func(t *testing.T) {
			near, far := net.Pipe() // stays open: the server must not wait for its end
			t.Cleanup(func() { near.Close(); far.Close() })
			must(t, far.SetDeadline(time.Now().Add(patience)))
			go io.Copy(near, strings.NewReader(garbage)) // end with the pipe
			go io.Copy(io.Discard, near)
			err := tls.Server(far, pin.Server(newKey(t), nil)).Handshake()
			wantError(t, err)
			if timeout := net.Error(nil); errors.As(err, &timeout) && timeout.Timeout() {
				t.Errorf("the server waited for more: %v", err)
			}
		})
	}
}

// sessions is a client's cache that says what a server has offered.
type sessions struct {
	tls.ClientSessionCache
	offered int
}

func (s *sessions) Put(key string, session *tls.ClientSessionState) {
	s.offered++
	s.ClientSessionCache.Put(key, session)
}

func withSessions(client *tls.Config) (*tls.Config, *sessions) {
	cache := &sessions{ClientSessionCache: tls.NewLRUClientSessionCache(4)}
	client.ClientSessionCache, client.SessionTicketsDisabled = cache, false
	return client, cache
}

func TestServerOffersNoResumption(t *testing.T) {
	server := pin.Server(newKey(t), nil)
	client, cache := withSessions(pin.Client(accept, nil))
	for range 2 {
		m := meet(t, server, client)
		m.good(t)
		if m.state.DidResume || cache.offered > 0 {
			t.Errorf("resumed: %v, sessions offered: %d", m.state.DidResume, cache.offered)
		}
	}
}

func TestClientDoesNotResume(t *testing.T) {
	server := pin.Server(newKey(t), nil)
	server.SessionTicketsDisabled = false
	client := pin.Client(accept, nil)
	client.ClientSessionCache = tls.NewLRUClientSessionCache(4)
	for range 2 {
		m := meet(t, server, client)
		m.good(t)
		if m.state.DidResume {
			t.Error("resumed")
		}
	}
}

// Should anybody ever allow sessions, the pin must hold in those too.
func TestPinIsCheckedOnResumption(t *testing.T) {
	server := pin.Server(newKey(t), nil)
	server.SessionTicketsDisabled = false
	asked := 0
	client, _ := withSessions(pin.Client(func(string) error { asked++; return nil }, nil))
	meet(t, server, client).good(t)
	m := meet(t, server, client)
	m.good(t)
	if !m.state.DidResume || asked != 2 {
		t.Errorf("resumed: %v, asked %d times in two handshakes", m.state.DidResume, asked)
	}
}

// tls.Dial fills in the name of the host that it dials, and sends it in clear.
func TestServersNameIsNotSent(t *testing.T) {
	listener, err := net.Listen("tcp", "localhost:0")
	must(t, err)
	defer listener.Close()
	server := pin.Server(newKey(t), nil)
	sent := make(chan string, 1)
	server.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		sent <- hello.ServerName
		return nil, nil
	}
	go func() { // ends with the listener or the client's connection
		if conn, err := tls.NewListener(listener, server).Accept(); err == nil {
			conn.(*tls.Conn).Handshake()
			conn.Close()
		}
	}()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	must(t, err)
	conn, err := tls.Dial("tcp", "localhost:"+port, pin.Client(accept, nil))
	must(t, err)
	conn.NetConn().Close()
	if name := <-sent; name != "" {
		t.Errorf("the name %q was sent", name)
	}
}

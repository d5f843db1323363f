package pin_test

import (
	"bufio"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/internal/pin"
)

// patience bounds a hang. It is no promise, and generous for a busy machine.
const patience = 30 * time.Second

const (
	actionVariable = "FARSIDE_PIN_TEST"
	pathVariable   = "FARSIDE_PIN_TEST_PATH"
)

// A test binary that is told to acts as one of several processes that use one file.
func TestMain(m *testing.M) {
	action := os.Getenv(actionVariable)
	if action == "" {
		goleak.VerifyTestMain(m)
		return
	}
	io.Copy(io.Discard, os.Stdin) // all begin at the same time: when it is closed
	fmt.Println(act(action, os.Getenv(pathVariable)))
}

// act makes a key, or takes the action for the key of a server that is seen first.
func act(action, path string) string {
	if action == "key" {
		key, _, err := pin.LoadKey(path)
		if err != nil {
			return err.Error()
		}
		return key.Fingerprint()
	}
	if fingerprint, ok := strings.CutPrefix(action, "full "); ok {
		fillDisk(path)
		action = fingerprint
	}
	return fmt.Sprint(pin.OpenKnown(path).Check("host:1", true)(action))
}

// atOnce runs an action in n processes and gives what each has said.
func atOnce(t *testing.T, n int, action, path string) []string {
	t.Helper()
	readers := make([]*bufio.Reader, n)
	begin := make([]io.Closer, n)
	for i := range n {
		cmd := exec.CommandContext(t.Context(), os.Args[0])
		cmd.Env = append(os.Environ(), actionVariable+"="+action, pathVariable+"="+path)
		cmd.Stderr = os.Stderr
		stdin, err := cmd.StdinPipe()
		must(t, err)
		stdout, err := cmd.StdoutPipe()
		must(t, err)
		must(t, cmd.Start())
		t.Cleanup(func() { cmd.Wait() })
		readers[i], begin[i] = bufio.NewReader(stdout), stdin
	}
	for _, stdin := range begin {
		stdin.Close()
	}
	said := make([]string, n)
	for i, reader := range readers {
		line, err := reader.ReadString('\n')
		must(t, err)
		said[i] = strings.TrimSpace(line)
	}
	return said
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newKey(t testing.TB) *pin.Key {
	t.Helper()
	key, err := pin.NewKey()
	must(t, err)
	return key
}

// accept is the check of a client that takes any server.
func accept(string) error { return nil }

// connection gives both ends of one that has buffers, as the alerts of TLS need.
func connection(t testing.TB) (near, far *net.TCPConn) {
	t.Helper()
	listener, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	must(t, err)
	defer listener.Close()
	near, err = net.DialTCP("tcp", nil, listener.Addr().(*net.TCPAddr))
	must(t, err)
	far, err = listener.AcceptTCP()
	must(t, err)
	for _, end := range []*net.TCPConn{near, far} {
		must(t, end.SetDeadline(time.Now().Add(patience)))
		t.Cleanup(func() { end.Close() })
	}
	return near, far
}

// A meeting is how a handshake went on both sides, with one byte from the server.
type meeting struct {
	handshake, read error // the client's
	server          error
	state           tls.ConnectionState // the client's
}

// meet lets a client and a server shake hands.
func meet(t testing.TB, server, client *tls.Config) meeting {
	t.Helper()
	near, far := connection(t)
	served := make(chan error, 1)
	go func() { // ends with the handshake, which has a deadline
		conn := tls.Server(far, server)
		_, err := conn.Write([]byte{'!'})
		far.CloseWrite()
		served <- err
	}()
	conn := tls.Client(near, client)
	m := meeting{handshake: conn.Handshake()}
	if m.handshake == nil {
		_, m.read = conn.Read(make([]byte, 1))
	}
	m.state = conn.ConnectionState()
	near.CloseWrite()
	m.server = <-served
	return m
}

// good fails the test if a meeting went wrong on any side.
func (m meeting) good(t testing.TB) {
	t.Helper()
	for _, err := range []error{m.handshake, m.read, m.server} {
		must(t, err)
	}
}

// An authority signs certificates.
type authority struct {
	private     ed25519.PrivateKey
	certificate *x509.Certificate
}

func newAuthority(t testing.TB) *authority {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	template := template("authority " + rand.Text())
	template.IsCA, template.BasicConstraintsValid = true, true
	template.KeyUsage = x509.KeyUsageCertSign
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	must(t, err)
	certificate, err := x509.ParseCertificate(der)
	must(t, err)
	return &authority{private, certificate}
}

// template is of a certificate that is valid now.
func template(name string) *x509.Certificate {
	return &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    time.Now().Add(-24 * time.Hour),
		NotAfter:     time.Now().Add(24 * time.Hour),
	}
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.certificate)
	return pool
}

// client signs a client's certificate, which edit may change before.
func (a *authority) client(t testing.TB, edit func(*x509.Certificate)) *tls.Certificate {
	t.Helper()
	certificate := template("client")
	certificate.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	if edit != nil {
		edit(certificate)
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	der, err := x509.CreateCertificate(rand.Reader, certificate, a.certificate, public, a.private)
	must(t, err)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private}
}

// pemOf writes a certificate or a private key.
func pemOf(t testing.TB, what any) string {
	t.Helper()
	block := &pem.Block{Type: "CERTIFICATE"}
	if der, ok := what.([]byte); ok {
		block.Bytes = der
	} else {
		der, err := x509.MarshalPKCS8PrivateKey(what)
		must(t, err)
		block.Type, block.Bytes = "PRIVATE KEY", der
	}
	return string(pem.EncodeToMemory(block))
}

// write makes a file that only this user can read.
func write(t testing.TB, content string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}

func read(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	must(t, err)
	return string(content)
}

// wantError fails the test unless err says all the words.
func wantError(t testing.TB, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("no error, want one that says %q", words)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("the error does not say %q: %v", word, err)
		}
	}
}

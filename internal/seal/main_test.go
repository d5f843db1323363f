package seal_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"testing"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/internal/seal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// secret is what both ends have.
var secret = []byte("only both ends of a wire know it")

// A tape is a connection that gives what is on it, and keeps what is written.
type tape struct {
	net.Conn
	from   io.Reader
	to     bytes.Buffer
	writes int
	broken error
}

func (c *tape) Read(p []byte) (int, error) { return c.from.Read(p) }

func (c *tape) Write(p []byte) (int, error) {
	if c.broken != nil {
		return 0, c.broken
	}
	c.writes++
	return c.to.Write(p)
}

func (c *tape) Close() error { return nil }

// sealed is what one end, the near one or the far one, writes for these bodies.
func sealed(t testing.TB, near bool, bodies ...string) []byte {
	t.Helper()
	to := &tape{}
	c := seal.New(to, secret, near)
	for _, body := range bodies {
		_, err := c.Write([]byte(body))
		check(t, err)
	}
	return to.to.Bytes()
}

// opened is what the far end makes of what came.
func opened(came []byte) (string, error) {
	body, err := io.ReadAll(seal.New(&tape{from: bytes.NewReader(came)}, secret, false))
	return string(body), err
}

// recordsOf takes apart what was written.
func recordsOf(written []byte) (records [][]byte) {
	for len(written) > 0 {
		n := 4 + int(binary.BigEndian.Uint32(written))
		records = append(records, written[:n])
		written = written[n:]
	}
	return records
}

package opening_test

import (
	"bytes"
	"io"
	"net"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/relay"
)

// first is what a connection gives that was dialled.
type first struct {
	net.Conn
	from io.Reader
	n    int // bytes that were read
}

func (c *first) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += n
	return n, err
}

// shown is a ticket as it is shown on a connection.
func shown(t testing.TB, ticket *opening.Ticket) string {
	t.Helper()
	var conn said
	check(t, ticket.Show(&conn))
	return conn.heard.String()
}

// P25: however it comes, a ticket is read to its end and no further, since another
// process reads on.
func TestTicketIsReadToItsEnd(t *testing.T) {
	ticket := opening.NewTicket()
	text := shown(t, ticket)
	if want := "farwire1" + string(ticket[:]); text != want || len(text) != 40 {
		t.Fatalf("it is shown as %q, and not %q", text, want)
	}
	for name, pieces := range map[string]func(io.Reader) io.Reader{
		"at once": func(r io.Reader) io.Reader { return r }, "bytes": iotest.OneByteReader,
	} {
		conn := &first{from: pieces(strings.NewReader(text + "behind"))}
		got, same := opening.Begin(conn)
		if !got.Equal(ticket) || same != net.Conn(conn) || conn.n != len(text) {
			t.Errorf("%s: got %x and read %d bytes", name, got, conn.n)
		}
	}
}

// What is no ticket comes to those who read it as it was, also what begins as one does.
func TestWhatIsNoTicketComesWhole(t *testing.T) {
	ticket := shown(t, opening.NewTicket())
	texts := []string{"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "farside 1 token=x\n", "farwire2" + ticket[8:], "", "x"}
	for n := range len(ticket) {
		texts = append(texts, ticket[:n])
	}
	for _, text := range texts {
		for _, pieces := range []func(io.Reader) io.Reader{iotest.OneByteReader, iotest.DataErrReader} {
			got, conn := opening.Begin(&first{from: pieces(strings.NewReader(text))})
			if got != nil {
				t.Fatalf("%q is taken for a ticket", text)
			}
			if came, err := io.ReadAll(conn); string(came) != text || err != nil {
				t.Errorf("of %q comes %q, %v", text, came, err)
			}
		}
	}
}

func TestTicketsAreTold(t *testing.T) {
	ticket := opening.NewTicket()
	if opening.NewTicket().Equal(ticket) || ticket.Equal(nil) || (*opening.Ticket)(nil).Equal(nil) {
		t.Error("tickets are equal that are not")
	}
	conn := &said{from: strings.NewReader("farside 1 state=wanted\nfarside 1 state=started wire=own\n")}
	client := opening.NewClient(conn, token)
	client.Offer(ticket)
	for _, own := range []bool{false, true} {
		answer, err := client.Ask(hash)
		check(t, err)
		if answer.OwnWire != own {
			t.Errorf("got %+v", answer)
		}
	}
	line, _, _ := strings.Cut(conn.heard.String(), "\n")
	if !strings.Contains(line, " wire="+ticket.String()+" ") || strings.Count(conn.heard.String(), "wire=") != 1 {
		t.Errorf("it says %q", conn.heard.String())
	}
	var got *opening.Ticket
	host := newHost(t)
	heard := &said{from: strings.NewReader(conn.heard.String())}
	host.Open(heard, relay.Buffered(heard), func(offered *opening.Ticket) error { got = offered; return io.EOF })
	if !got.Equal(ticket) {
		t.Errorf("the host heard of %x", got)
	}
}

// A field that is no ticket offers nothing, and hurts nothing.
func TestBadTicketOffersNothing(t *testing.T) {
	for _, told := range []string{"", "x", strings.Repeat("0", 62), strings.Repeat("0", 66), strings.Repeat("z", 64), "own"} {
		conn := &said{from: strings.NewReader(request(map[string]string{"token": token, "wire": told}))}
		welcomed := false
		newHost(t).Open(conn, relay.Buffered(conn), func(offered *opening.Ticket) error {
			welcomed = true
			if offered != nil {
				t.Errorf("%q is taken for the ticket %x", told, offered)
			}
			return nil
		})
		if !welcomed {
			t.Errorf("with %q it is not let in", told)
		}
	}
}

// P25: the server says so only when it uses the connection.
func TestOwnWireIsTold(t *testing.T) {
	for own, want := range map[bool]int{true: 1, false: 0} {
		conn := &said{}
		check(t, newHost(t).Started(conn, own))
		if n := bytes.Count(conn.heard.Bytes(), []byte(" wire=own")); n != want {
			t.Errorf("%v: it says %q", own, conn.heard.String())
		}
	}
}

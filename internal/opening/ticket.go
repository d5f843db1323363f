package opening

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/hex"
	"net"
)

// ticketWord comes before a ticket. No TLS connection begins so, and no line.
const ticketWord = "farwire1"

// ticketSize is that of a ticket without the word.
const ticketSize = 32

// A Ticket is what a near side shows on a second connection, the worker's wire to be, and
// tells on the first, so that the server knows which belong together (P25).
type Ticket [ticketSize]byte

// String is how it is told.
func (t *Ticket) String() string { return hex.EncodeToString(t[:]) }

// NewTicket makes one that nobody can guess.
func NewTicket() *Ticket {
	t := new(Ticket)
	rand.Read(t[:])
	return t
}

// Equal compares in a time that does not depend on the tickets.
func (t *Ticket) Equal(other *Ticket) bool {
	return t != nil && other != nil && subtle.ConstantTimeCompare(t[:], other[:]) == 1
}

// Show says the ticket on the second connection.
func (t *Ticket) Show(conn net.Conn) error {
	_, err := conn.Write(append([]byte(ticketWord), t[:]...))
	return err
}

// parseTicket reads what was told on the first connection. It gives nil for what is none.
func parseTicket(text string) *Ticket {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != ticketSize {
		return nil
	}
	return (*Ticket)(raw)
}

// Begin reads the first bytes of a connection to a server. If they are a ticket, it gives
// that, and nothing behind it was read. Otherwise it gives a connection from which they
// come once more.
func Begin(conn net.Conn) (*Ticket, net.Conn) {
	begin := make([]byte, 0, len(ticketWord)+ticketSize)
	for len(begin) < cap(begin) {
		n, err := conn.Read(begin[len(begin):cap(begin)])
		begin = begin[:len(begin)+n]
		word := begin[:min(len(begin), len(ticketWord))]
		if err != nil || string(word) != ticketWord[:len(word)] {
			return nil, &begun{conn, begin} // an error comes once more too
		}
	}
	return (*Ticket)(begin[len(ticketWord):]), conn
}

// begun is a connection of which the first bytes were read.
type begun struct {
	net.Conn
	begin []byte
}

func (b *begun) Read(p []byte) (int, error) {
	if len(b.begin) == 0 {
		return b.Conn.Read(p)
	}
	n := copy(p, b.begin)
	b.begin = b.begin[n:]
	return n, nil
}

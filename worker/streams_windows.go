package worker

import (
	"os"

	"github.com/farside-go/farside/internal/twoway"
)

// standardStreams makes a connection of standard input and output.
func standardStreams() (twoway.Conn, error) {
	return twoway.Conn{In: os.Stdin, Out: os.Stdout}, nil
}

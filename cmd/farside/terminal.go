package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/farside-go/farside/gateway"
)

// A terminal is the command's standard input and outputs, terminals or not.
type terminal struct {
	in       io.Reader
	out, err io.Writer
}

// interactive reports whether somebody types and looks.
func (t *terminal) interactive() bool { return isTerminal(t.in) && isTerminal(t.out) }

func isTerminal(stream any) bool {
	file, ok := stream.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && file.Name() != os.DevNull
}

// complain shows an error; that of a far program with its stack.
func (t *terminal) complain(err error) {
	text := "farside: " + err.Error()
	var remote *gateway.RemoteError
	if errors.As(err, &remote) {
		text = strings.TrimRight(fmt.Sprintf("%+v", remote), "\n")
	}
	if isTerminal(t.err) && os.Getenv("NO_COLOR") == "" {
		const red, plain = "\x1b[31m", "\x1b[0m"
		text = red + text + plain
	}
	fmt.Fprintln(t.err, text)
}

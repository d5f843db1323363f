package relay

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/hello"
)

// Fields of the line in an end record.
const (
	fieldCode   = "exit"
	fieldSignal = "signal"
	fieldWords  = "words"

	maxWords = 16 << 10 // escaped, they are three times as long at most
)

// report is how a worker ended, as the body of an end record.
func report(exit child.Exit) string {
	words := exit.Stderr
	line := &hello.Line{Version: hello.Opening, Fields: map[string]string{
		fieldCode: strconv.Itoa(exit.Code), fieldSignal: exit.Signal, fieldWords: words[max(0, len(words)-maxWords):],
	}}
	return line.String()
}

// parseReport reads the body of an end record.
func parseReport(body string) (child.Exit, error) {
	line, err := hello.Parse(strings.TrimSuffix(body, "\n"))
	if err != nil {
		return child.Exit{}, fmt.Errorf("relay: how the worker ended: %w", err)
	}
	code, err := strconv.Atoi(line.Fields[fieldCode])
	if err != nil {
		return child.Exit{}, fmt.Errorf("relay: how the worker ended: the exit status %.40q is no number", line.Fields[fieldCode])
	}
	return child.Exit{Code: code, Signal: line.Fields[fieldSignal], Stderr: line.Fields[fieldWords]}, nil
}

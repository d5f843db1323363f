package stagezero

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/farside-go/farside/internal/hello"
)

const (
	// maxNoise bounds what a far side may print before an answer.
	maxNoise = 8 << 20
	// keptNoise is how much of it is told if no answer comes.
	keptNoise = 1 << 10
)

// States that the far side answers.
const (
	stateHere    = "here"    // the worker that is wanted is at the place
	stateReady   = "ready"   // it is not, but could be put there
	stateNowhere = "nowhere" // no place will do, or none is left
	stateFailed  = "failed"  // it could not be put there
	stateBroken  = "broken"  // nor can anything else be said
	stateDamaged = "damaged" // what was there is not it, and was removed
	stateStarted = "started" // what follows is the worker's relayed wire
)

// An answer is what the far side tells.
type answer struct {
	state       string
	os, machine string   // as uname calls them
	tools       []string // it has
	place       string   // a folder
	words       string   // what went wrong
	faults      []string // of places that will not do
}

// A noiseError says that there was no answer.
type noiseError struct {
	err   error
	noise string // the last of what came instead
}

func (e *noiseError) Error() string {
	if noise := strings.TrimSpace(e.noise); noise != "" {
		return e.err.Error() + "; it printed:\n\t" + strings.ReplaceAll(noise, "\n", "\n\t")
	}
	return e.err.Error()
}

func (e *noiseError) Unwrap() error { return e.err }

var (
	errEnded   = errors.New("the stream ended")
	errNoShell = fmt.Errorf("%w before a POSIX shell answered; is there an sh on its PATH?", errEnded)
)

// readAnswer passes over what stands before the mark.
func readAnswer(r *bufio.Reader, mark string) (*answer, error) {
	if noise, err := skipTo(r, mark+" "); err != nil {
		return nil, &noiseError{err, noise}
	}
	line, err := hello.ReadOpening(r)
	if err != nil {
		return nil, err
	}
	return answerOf(line), nil
}

// skipTo reads up to the end of text, and gives the last of what stood before.
func skipTo(r *bufio.Reader, text string) (noise string, err error) {
	var seen []byte
	for range maxNoise {
		b, err := r.ReadByte()
		if err == io.EOF {
			err = errEnded
		}
		if err != nil {
			return string(seen[max(0, len(seen)-keptNoise):]), err
		}
		if len(seen) == 2*keptNoise {
			seen = append(seen[:0], seen[keptNoise:]...)
		}
		seen = append(seen, b)
		if b == text[len(text)-1] && strings.HasSuffix(string(seen[max(0, len(seen)-len(text)):]), text) {
			return "", nil
		}
	}
	return string(seen[max(0, len(seen)-keptNoise):]), fmt.Errorf("%d MiB came and no answer of a POSIX shell in it", maxNoise>>20)
}

func answerOf(line *hello.Line) *answer {
	a := &answer{
		state: line.Fields["state"], os: line.Fields["os"], machine: line.Fields["arch"],
		tools: strings.Split(line.Fields["tools"], ","), place: line.Fields["place"],
		words: strings.TrimSpace(line.Fields["words"]),
	}
	const places = 9 // more than there are
	for n := range places {
		if fault := line.Fields["fault"+strconv.Itoa(n+1)]; fault != "" {
			a.faults = append(a.faults, fault)
		}
	}
	return a
}

// nowhere is the error for places of which none will do.
func (a *answer) nowhere(failed []string) error {
	return fmt.Errorf("no folder over there takes a worker and lets it run; tried\n\t%s\n"+
		"make room in one of them, or set XDG_CACHE_HOME or TMPDIR over there to a folder where programs may run",
		strings.Join(append(failed, a.faults...), "\n\t"))
}

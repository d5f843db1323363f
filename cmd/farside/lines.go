package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/peterh/liner"
)

// errAborted is the end of an input by Ctrl-C.
var errAborted = errors.New("aborted")

// A lineSource gives the lines of a session, then io.EOF.
type lineSource interface {
	Line(prompt string) (string, error)
	io.Closer
}

func newLineSource(t *terminal) lineSource {
	if t.interactive() {
		return newEditor(historyFile())
	}
	return plainLines{bufio.NewReader(t.in)}
}

// plainLines are read from what is not a terminal.
type plainLines struct{ from *bufio.Reader }

func (p plainLines) Line(string) (string, error) {
	line, err := p.from.ReadString('\n')
	if err == io.EOF && line != "" {
		err = nil
	}
	return strings.TrimSuffix(line, "\n"), err
}

func (plainLines) Close() error { return nil }

// An editor lets somebody edit lines on a terminal, with a history that is kept.
type editor struct {
	state   *liner.State
	history string // file; empty if there is none
}

func newEditor(history string) *editor {
	e := &editor{state: liner.NewLiner(), history: history}
	e.state.SetCtrlCAborts(true)
	e.state.SetMultiLineMode(true)
	if file, err := os.Open(history); err == nil {
		e.state.ReadHistory(file)
		file.Close()
	}
	return e
}

// Line shows the prompt before it listens to keys: Ctrl-C in between must not end
// the command.
func (e *editor) Line(prompt string) (string, error) {
	defer keysAreInput(os.Stdin)()
	line, err := e.state.Prompt(prompt)
	if errors.Is(err, liner.ErrPromptAborted) {
		return "", errAborted
	}
	if err == nil && strings.TrimSpace(line) != "" {
		e.state.AppendHistory(line)
	}
	return line, err
}

// Close gives the terminal back and keeps the history, as far as that is
// possible.
func (e *editor) Close() error {
	defer e.state.Close()
	if e.history == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(e.history), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(e.history, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = e.state.WriteHistory(file)
	return err
}

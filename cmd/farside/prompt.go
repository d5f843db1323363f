package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/farside-go/farside/gateway"
)

// errNobody is for questions when nobody sits at a terminal.
var errNobody = errors.New("there is no terminal to ask at; use an agent, or a key without a passphrase")

// prompter gives what asks a person for what SSH needs, at the terminal itself, since
// the standard streams may be the program's.
func prompter() func(context.Context, *gateway.Prompt) ([]string, error) {
	return func(_ context.Context, p *gateway.Prompt) ([]string, error) {
		tty, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
		if err != nil {
			return nil, errNobody
		}
		defer tty.Close()
		return ask(tty, p)
	}
}

// ask shows a prompt and reads a line for each of its questions, without showing those
// that are secret.
func ask(tty *os.File, p *gateway.Prompt) (answers []string, err error) {
	if p.Text != "" {
		fmt.Fprintln(tty, printable(p.Text))
	}
	lines := bufio.NewReader(tty)
	for _, question := range p.Questions {
		fmt.Fprintf(tty, "%s ", strings.TrimSpace(printable(question.Text)))
		var answer string
		if question.Echo {
			answer, err = lines.ReadString('\n')
		} else {
			var secret []byte
			secret, err = term.ReadPassword(int(tty.Fd()))
			answer = string(secret)
			fmt.Fprintln(tty)
		}
		if err != nil {
			return nil, err
		}
		answers = append(answers, strings.TrimRight(answer, "\r\n"))
	}
	return answers, nil
}

// printable keeps a server from writing to the terminal as it likes.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return '?'
		}
		return r
	}, text)
}

package sshauth

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/sshconfig"
)

// tries bounds how often a person is asked for one secret.
const tries = 3

// An Identity shows a server who is here. It belongs to one handshake.
type Identity struct {
	ctx    context.Context // of the handshake, with which the agent is let go
	host   *sshconfig.Host
	person Person
	logger *slog.Logger

	offered []string // the keys, for errors
	notes   []string // why others were not
	allowed []string // what the server takes
	broken  error    // a prompt has failed: nothing more is to be asked
}

// New gives the identity for a host. With a nil person nobody is asked. ctx is to end
// with the handshake.
func New(ctx context.Context, host *sshconfig.Host, person Person, logger *slog.Logger) *Identity {
	return &Identity{ctx: ctx, host: host, person: person, logger: logger}
}

func (w *Identity) note(format string, args ...any) {
	w.notes = append(w.notes, fmt.Sprintf(format, args...))
}

// Methods gives the ways to try, in the order wanted.
func (w *Identity) Methods() (methods []ssh.AuthMethod) {
	for _, name := range w.host.Methods {
		switch {
		case name == sshconfig.MethodKey:
			methods = append(methods, ssh.PublicKeysCallback(w.keys))
		case w.person == nil:
		case name == sshconfig.MethodKeyboard:
			methods = append(methods, ssh.RetryableAuthMethod(ssh.KeyboardInteractive(w.answer), tries))
		case name == sshconfig.MethodPassword:
			methods = append(methods, ssh.RetryableAuthMethod(ssh.PasswordCallback(w.password), tries))
		}
	}
	return methods
}

// Next is to be called before each method. It leaves the choice to the library.
func (w *Identity) Next(now *ssh.ClientAuthContext) (ssh.AuthMethod, error) {
	w.allowed = now.AllowedMethods
	return nil, nil
}

// ask asks, and once that has failed nothing more.
func (w *Identity) ask(p *Prompt) ([]string, error) {
	if w.broken != nil {
		return nil, w.broken
	}
	answers, err := w.person.Ask(w.ctx, p)
	w.broken = err
	return answers, err
}

func (w *Identity) password() (string, error) {
	answers, err := w.ask(&Prompt{Host: w.host.String(), Kind: Password, Questions: []Question{{Text: w.host.User + "@" + w.host.Alias + "'s password: "}}})
	if err != nil {
		return "", err
	}
	return answers[0], nil
}

// answer gives the server what it wants to know.
func (w *Identity) answer(name, instruction string, questions []string, echos []bool) ([]string, error) {
	p := &Prompt{Host: w.host.String(), Kind: Questions, Text: strings.TrimSpace(name + "\n" + instruction)}
	for i, text := range questions {
		p.Questions = append(p.Questions, Question{text, echos[i]})
	}
	if len(questions) == 0 {
		return nil, nil
	}
	return w.ask(p)
}

// Explain says why the server has let nobody in, and what to do.
func (w *Identity) Explain(err error) error {
	if w.broken != nil {
		return w.broken
	}
	text := []string{"it does not let " + w.host.User + " in"}
	if len(w.allowed) > 0 {
		text = append(text, "it takes "+strings.Join(w.allowed, ", "))
	}
	switch {
	case len(w.offered) > 0:
		text = append(text, "offered were "+strings.Join(w.offered, ", "))
	case slices.Contains(w.allowed, sshconfig.MethodKey):
		text = append(text, "there was no key to offer")
	}
	text = append(text, w.notes...)
	if w.person == nil && slices.ContainsFunc(w.allowed, byPerson) {
		text = append(text, "nobody can be asked for a password here; use a key (ssh-copy-id) or an agent")
	}
	if strings.Contains(err.Error(), "Too many authentication failures") {
		text = append(text, "name the right key with IdentityFile and set IdentitiesOnly yes")
	}
	if cause := errors.Unwrap(err); cause != nil {
		err = cause // without the library's words before
	}
	return fmt.Errorf("%s: %w", strings.Join(text, "; "), err)
}

// byPerson reports whether a method needs somebody to type.
func byPerson(method string) bool {
	return method == sshconfig.MethodPassword || method == sshconfig.MethodKeyboard
}

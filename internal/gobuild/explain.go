package gobuild

import (
	"errors"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// explain makes the Error of a go command that did not succeed: in its words, and with
// the user's files.
func (p *plan) explain(j *job, err error) error {
	err = j.fromGo(err)
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	e.Messages = p.withoutOurs(j, e.Messages)
	j.endAtEnd(e.Messages)
	if j.CGO || e.Hint != "" {
		return e
	}
	for _, pkg := range p.listed {
		if !pkg.Standard && usesCgo(pkg) {
			e.Kind, e.Hint = ErrCgo, "package "+pkg.ImportPath+" "+cgoHint
		}
	}
	return e
}

// virtual is a package that is there for the build alone, in what the go command says.
var virtual = regexp.MustCompile(`\S*farside-(?:[0-9a-f]{12}|main[0-9]*)\b`)

// withoutOurs gives messages in which nothing is of a file that is not the user's. What is
// said of what is around a far function is said of no file, and only if of no other.
func (p *plan) withoutOurs(j *job, messages []Message) []Message {
	said := map[string]bool{}
	for i := range messages {
		m := &messages[i]
		path := p.Abs(m.File)
		if _, laid := p.overlay[path]; laid && isVirtual(path) {
			m.File, m.Line, m.Column = "", 0, 0
		}
		if path == filepath.Join(p.target, j.Name) || path == j.Name { // to the loader, but not to the compiler, it is in a folder
			m.File = j.Name
		}
		m.Text = virtual.ReplaceAllString(m.Text, j.what())
		said[m.Text] = said[m.Text] || m.File != ""
	}
	return slices.DeleteFunc(messages, func(m Message) bool { return m.File == "" && said[m.Text] })
}

// endAtEnd gives what is said of the bracket that we put behind a text the place where
// the text ends.
func (j *job) endAtEnd(messages []Message) {
	lines := strings.Count(j.Source, "\n") + 1
	for i := range messages {
		if m := &messages[i]; j.Source != "" && m.File == j.Name && m.Line > lines {
			m.Line, m.Column = lines, len(j.Source)-strings.LastIndex(j.Source, "\n")
			m.Text = strings.Replace(m.Text, "unexpected }", "unexpected EOF", 1)
		}
	}
}

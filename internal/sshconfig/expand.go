package sshconfig

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// tokens are the letters that may follow a % where all of them may.
const tokens = "dhiklLnpru"

// expand replaces %x for those of the letters, and %%.
func (h *Host) expand(text, letters string) (string, error) {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, "%")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		if after == "" {
			return "", errors.New("it ends with a %; write %% for one")
		}
		letter := after[0]
		text = after[1:]
		switch {
		case letter == '%':
			out.WriteByte('%')
		case strings.IndexByte(letters, letter) < 0:
			return "", fmt.Errorf("%%%c is not known here; write %%%% for a %%", letter)
		default:
			out.WriteString(h.token(letter))
		}
	}
}

func (h *Host) token(letter byte) string {
	switch letter {
	case 'd':
		return h.query.Home
	case 'h':
		return h.HostName
	case 'i':
		return strconv.Itoa(os.Getuid())
	case 'k':
		if h.HostKeyAlias != "" {
			return h.HostKeyAlias
		}
		return h.Alias
	case 'l', 'L':
		name, _ := os.Hostname()
		if letter == 'L' {
			name, _, _ = strings.Cut(name, ".")
		}
		return name
	case 'n':
		return h.Alias
	case 'p':
		return strconv.Itoa(h.Port)
	case 'r':
		return h.User
	default:
		return h.query.LocalUser
	}
}

// path expands all that may stand in the name of a file.
func (h *Host) path(text string) (string, error) {
	text, err := h.reader.expandTilde(text)
	if err == nil {
		text, err = expandEnv(text, h.query.Getenv)
	}
	if err == nil {
		text, err = h.expand(text, tokens)
	}
	return text, err
}

// expandTilde replaces a ~ that stands for the user's folder. Those of other users
// are not looked up.
func (r *reader) expandTilde(text string) (string, error) {
	if !strings.HasPrefix(text, "~") {
		return text, nil
	}
	if text == "~" || text[1] == '/' {
		return filepath.Join(r.query.Home, text[1:]), nil
	}
	return "", fmt.Errorf("%s: the folders of other users are not known here; write the whole path", text)
}

// expandEnv replaces ${NAME}, and refuses a name that is not set.
func expandEnv(text string, getenv func(string) string) (string, error) {
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, "${")
		out.WriteString(before)
		if !found {
			return out.String(), nil
		}
		name, rest, closed := strings.Cut(after, "}")
		if !closed {
			return "", errors.New("${ without a }")
		}
		content := getenv(name)
		if content == "" {
			return "", fmt.Errorf("${%s} is not set", name)
		}
		out.WriteString(content)
		text = rest
	}
}

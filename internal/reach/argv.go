package reach

import (
	"fmt"
	"strings"
)

const (
	blanks    = " \t\n"
	escapable = "$`\"\\\n" // by a backslash between double quotes
)

// splitArgv splits a command as a POSIX shell does, with quotes and backslashes, and
// expands nothing.
func splitArgv(text string) ([]string, error) {
	var argv []string
	for at := 0; ; {
		at += len(text[at:]) - len(strings.TrimLeft(text[at:], blanks))
		if at == len(text) {
			return argv, nil
		}
		word, end, err := readWord(text, at)
		if err != nil {
			return nil, err
		}
		argv, at = append(argv, word), end
	}
}

// readWord reads the word that begins at a position, and gives where it ends.
func readWord(text string, at int) (word string, end int, err error) {
	var b strings.Builder
	for at < len(text) && !strings.ContainsRune(blanks, rune(text[at])) {
		switch c := text[at]; {
		case c == '\'' || c == '"':
			quoted, length, ok := readQuoted(text[at+1:], c)
			if !ok {
				return "", 0, fmt.Errorf("the quote %c at position %d is not closed: %.40q", c, at+1, text[at:])
			}
			b.WriteString(quoted)
			at += 1 + length
		case c == '\\' && at+1 == len(text):
			return "", 0, fmt.Errorf("the backslash at position %d has nothing behind it", at+1)
		case c == '\\':
			if text[at+1] != '\n' { // a line goes on
				b.WriteByte(text[at+1])
			}
			at += 2
		default:
			b.WriteByte(c)
			at++
		}
	}
	return b.String(), at, nil
}

// readQuoted reads up to the quote that closes, and gives the length with that.
func readQuoted(text string, quote byte) (content string, length int, ok bool) {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == quote:
			return b.String(), i + 1, true
		case c == '\\' && quote == '"' && i+1 < len(text) && strings.IndexByte(escapable, text[i+1]) >= 0:
			i++
			if text[i] != '\n' {
				b.WriteByte(text[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", 0, false
}

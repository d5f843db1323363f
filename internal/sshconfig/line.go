package sshconfig

import (
	"errors"
	"fmt"
	"strings"
)

// A directive is one line of a file.
type directive struct {
	keyword string   // in lower case
	rest    string   // what follows it, as it stands there
	args    []string // the same as words
	where   string   // file:line
}

const blanks = " \t\r\f"

// rawKeywords take the rest of the line as it is, for a shell to split.
var rawKeywords = map[string]bool{"proxycommand": true, "proxyjump": true, "localcommand": true, "remotecommand": true, "knownhostscommand": true}

// parseLine gives the directive of a line, or nil if there is none.
func parseLine(line string) (*directive, error) {
	line = strings.Trim(line, blanks+"\n")
	if line == "" || line[0] == '#' {
		return nil, nil
	}
	keyword, rest, err := cutKeyword(line)
	if err != nil {
		return nil, err
	}
	d := &directive{keyword: strings.ToLower(keyword), rest: rest}
	if rawKeywords[d.keyword] {
		d.args = []string{d.rest}
	} else if d.args, err = splitWords(rest); err != nil {
		return nil, fmt.Errorf("%s: %w", keyword, err)
	}
	if len(d.args) == 0 || d.args[0] == "" && rawKeywords[d.keyword] {
		return nil, fmt.Errorf("%s has no value", keyword)
	}
	return d, nil
}

// cutKeyword splits at blanks and at most one =.
func cutKeyword(line string) (keyword, rest string, err error) {
	if line[0] == '"' {
		var ok bool
		if keyword, rest, ok = strings.Cut(line[1:], `"`); !ok {
			return "", "", errNoQuote
		}
	} else if end := strings.IndexAny(line, blanks+"="); end >= 0 {
		keyword, rest = line[:end], line[end:]
	} else {
		keyword = line
	}
	rest = strings.TrimLeft(rest, blanks)
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "="), blanks)
	return keyword, rest, nil
}

var errNoQuote = errors.New("a quotation mark has no partner")

// splitWords splits as a shell would: quotes of both kinds, a backslash before a
// quote, a blank or a backslash, and # for a comment where a word would begin.
func splitWords(text string) (words []string, err error) {
	for {
		text = strings.TrimLeft(text, blanks)
		if text == "" || text[0] == '#' {
			return words, nil
		}
		var word string
		if word, text, err = cutWord(text); err != nil {
			return nil, err
		}
		words = append(words, word)
	}
}

func cutWord(text string) (word, rest string, err error) {
	var out strings.Builder
	var quote byte
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '\\' && i+1 < len(text) && escapes(text[i+1], quote):
			i++
			out.WriteByte(text[i])
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && strings.IndexByte(blanks, c) >= 0:
			return out.String(), text[i:], nil
		default:
			out.WriteByte(c)
		}
	}
	if quote != 0 {
		return "", "", errNoQuote
	}
	return out.String(), "", nil
}

// escapes reports whether a backslash before c is one that means something.
func escapes(c, quote byte) bool {
	return c == '"' || c == '\'' || c == '\\' || quote == 0 && c == ' '
}

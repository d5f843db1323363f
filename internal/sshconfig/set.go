package sshconfig

import (
	"slices"
	"strings"

	"github.com/farside-go/farside/internal/sshpattern"
)

// aliases are old names.
var aliases = map[string]string{
	"challengeresponseauthentication": "kbdinteractiveauthentication",
	"skeyauthentication":              "kbdinteractiveauthentication",
	"tisauthentication":               "kbdinteractiveauthentication",
	"dsaauthentication":               "pubkeyauthentication",
	"pubkeyacceptedkeytypes":          "pubkeyacceptedalgorithms",
	"identityfile2":                   "identityfile",
}

const (
	identities = iota
	certificates
)

// set takes what a line says, unless an earlier one has said it.
func (r *reader) set(d *directive) {
	keyword := d.keyword
	if name, ok := aliases[keyword]; ok {
		keyword = name
	}
	got := value{d.args, d.where}
	switch {
	case keyword == "identityfile":
		r.add(identities, got)
		return
	case keyword == "certificatefile":
		r.add(certificates, got)
		return
	case keyword == "ignoreunknown":
		r.unknown = append(r.unknown, strings.Split(strings.ToLower(strings.Join(d.args, ",")), ",")...)
		return
	case !honoured[keyword]:
		r.pass(keyword, got)
		return
	case keyword == "proxyjump" && r.has("proxycommand"), keyword == "proxycommand" && r.has("proxyjump"):
		return // they are two values of one thing
	}
	if !r.has(keyword) {
		r.values[keyword] = got
	}
}

func (r *reader) has(keyword string) bool {
	_, ok := r.values[keyword]
	return ok
}

func (r *reader) add(list int, got value) {
	same := func(other value) bool { return other.args[0] == got.args[0] }
	if !slices.ContainsFunc(r.lists[list], same) {
		r.lists[list] = append(r.lists[list], got)
	}
}

// pass notes what has no effect here, unless it has none anyway.
func (r *reader) pass(keyword string, got value) {
	if r.has(keyword) { // an earlier line counts
		return
	}
	r.values[keyword] = got
	text := strings.Join(got.args, " ")
	level, known := passedOver[keyword]
	switch {
	case !known && sshpattern.Match(keyword, r.unknown), known && level == harmless, known && isOff(text):
		return
	}
	r.note(keyword, text, got.where, level == minor)
}

func isOff(text string) bool {
	return slices.Contains([]string{"no", "none", "false", "internal"}, strings.ToLower(text))
}

func (r *reader) note(keyword, text, where string, isMinor bool) {
	note := Note{Keyword: keyword, Value: text, Where: where, Minor: isMinor}
	if !r.noted[note] {
		r.noted[note] = true
		r.notes = append(r.notes, note)
	}
}

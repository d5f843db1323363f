package wording

import (
	"regexp"
	"sync"
)

// A pattern is a regular expression that is compiled when it is first used: most
// far sides never see a source with an error in it.
type pattern func() *regexp.Regexp

func compiled(text string) pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

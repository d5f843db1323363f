package stagezero

import (
	"crypto/rand"
	_ "embed"
	"strings"
)

//go:embed stage.sh
var program string

// lineEnd stands for the ends of the program's lines: csh takes no line end in quotes.
const lineEnd = "~"

// unfold runs the program that is its first argument, for sh. It is what a shell is
// told to run, so nothing is in it that any shell reads in single quotes.
const unfold = `z_nl=$(echo;echo x);z_nl=${z_nl%x};IFS="` + lineEnd + `";set -f;z_p=;` +
	`for z_l in $1;do z_p=$z_p$z_l$z_nl;done;unset IFS;set +f;shift;eval "$z_p"`

// folded is the program as it is sent.
var folded = fold(program)

// fold leaves out comments and indentation, and joins the lines.
func fold(script string) string {
	var lines []string
	for line := range strings.Lines(script) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, lineEnd)
}

// A mark tells answers from whatever else a far side prints.
type mark [2]string

func newMark() mark { return mark{rand.Text(), rand.Text()} }

func (m mark) String() string { return m[0] + m[1] }

// line is what any shell is told.
func line(m mark, hash string, ephemeral bool) string {
	stay := "keep"
	if ephemeral {
		stay = "once"
	}
	return "exec sh -c '" + unfold + "' farside '" + folded + "' " + m[0] + " " + m[1] + " " + hash + " " + stay
}

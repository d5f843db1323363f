package bothways

import (
	"fmt"
	"regexp"
	"strings"
)

// A Verdict is what comparing the two ways comes to.
type Verdict string

const (
	Same      Verdict = "same"
	Refused   Verdict = "refused"   // the far side does not run what compiles at home
	Different Verdict = "different" // anything else
)

// Compare judges the far side by what the compiled program did. why is one line
// that says what is not the same.
func Compare(home, far Outcome) (verdict Verdict, why string) {
	switch {
	case home.Refused != "" && far.Refused != "":
		return Same, ""
	case home.Refused != "":
		return Different, "the far side runs what does not compile: " + firstLine(home.Refused)
	case far.Refused != "":
		return Refused, firstLine(far.Refused)
	}
	if why = difference(home, far); why != "" {
		return Different, why
	}
	return Same, ""
}

// difference tells the most telling thing first.
func difference(home, far Outcome) string {
	switch {
	case home.Unended != far.Unended:
		return fmt.Sprintf("ended: compiled %t, far side %t", !home.Unended, !far.Unended)
	case steady(home.Crash) != steady(far.Crash):
		return fmt.Sprintf("crash: compiled %q, far side %q", home.Crash, far.Crash)
	case home.Exit != far.Exit || home.Signal != far.Signal:
		return fmt.Sprintf("exit status: compiled %d %s, far side %d %s", home.Exit, home.Signal, far.Exit, far.Signal)
	case home.Stdout != far.Stdout:
		return differingLine("stdout", home.Stdout, far.Stdout)
	case home.Stderr != far.Stderr:
		return differingLine("stderr", home.Stderr, far.Stderr)
	}
	return ""
}

// unsteady is what the first line of a crash's report has beside the value: the
// addresses of one that has no text, and that it was recovered before.
var unsteady = regexp.MustCompile(`0x[0-9a-f]+| \[recovered(, repanicked)?\]$`)

func steady(crash string) string { return unsteady.ReplaceAllString(crash, "") }

// differingLine shows the first line that differs.
func differingLine(stream, home, far string) string {
	a, b := strings.SplitAfter(home, "\n"), strings.SplitAfter(far, "\n")
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	at := 0 // of the line's first bytes that differ
	if i < len(a) && i < len(b) {
		for at < len(a[i]) && at < len(b[i]) && a[i][at] == b[i][at] {
			at++
		}
	}
	return fmt.Sprintf("%s line %d: compiled %s, far side %s", stream, i+1, shown(a, i, at), shown(b, i, at))
}

// Of a long line only what is near the difference is shown.
const (
	shownBefore = 60
	shownMax    = 120
)

func shown(lines []string, i, at int) string {
	if i >= len(lines) || lines[i] == "" {
		return "has ended"
	}
	line, cut := lines[i], ""
	if at > shownBefore {
		line, cut = line[at-shownBefore:], "..."
	}
	return fmt.Sprintf("%s%.*q", cut, shownMax, line)
}

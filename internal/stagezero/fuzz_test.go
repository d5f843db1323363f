package stagezero

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
)

// Whatever a far side sends is an answer or an error, and does not make this side wait
// or take memory for what is not there.
func FuzzReadAnswer(f *testing.F) {
	const mark = "ABCDEFGH"
	for _, seed := range []string{
		"", "noise", mark, mark + " farside 1 state=here os=Linux arch=x86_64 tools=gzip,zstd place=/a+b words=\n",
		"Welcome\r\n" + mark + " farside 1 state=nowhere fault1=a fault9=b\nrest", mark[:5] + mark + " farside 1\n",
		mark + " farside 2 state=here\n", mark + " farside 1 a=1 a=2\n", mark + " farside 1 a=%zz\n", mark + "  \n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, sent []byte) {
		r := bufio.NewReader(bytes.NewReader(sent))
		a, err := readAnswer(r, mark)
		at := bytes.Index(sent, []byte(mark+" "))
		switch {
		case err == nil && at < 0:
			t.Fatalf("an answer without the mark: %+v", a)
		case err != nil && len(err.Error()) > 4*keptNoise+len(sent):
			t.Fatalf("an error of %d bytes", len(err.Error()))
		case err == nil && len(a.faults) > 9:
			t.Fatalf("%d faults", len(a.faults))
		}
		if err == nil {
			rest := r.Buffered()
			line, _, _ := bytes.Cut(sent[at:], []byte("\n"))
			if want := len(sent) - at - len(line) - 1; rest != want {
				t.Fatalf("%d bytes are left behind the answer, want %d", rest, want)
			}
		}
	})
}

// A mark is found wherever it begins, also in the middle of a false start.
func TestMarkIsFoundBehindAFalseStart(t *testing.T) {
	for _, before := range []string{"", "A", "AB", "ABA", "ABAB", strings.Repeat("AB", 3000)} {
		a, err := readAnswer(bufio.NewReader(strings.NewReader(before+"ABAC farside 1 state=here\n")), "ABAC")
		if err != nil || a.state != stateHere {
			t.Errorf("behind %d bytes: %+v, %v", len(before), a, err)
		}
	}
}

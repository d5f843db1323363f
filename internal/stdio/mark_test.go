package stdio_test

import (
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/stdio"
)

// Whatever pieces a stream comes in.
func TestMarkIsTakenOutOfWhatIsPrinted(t *testing.T) {
	const mark = "\x00ab\x00ac\x00"
	for _, text := range []string{mark, "x" + mark + "y", "\x00ab\x00ab\x00ac\x00y", "x\x00ab", ""} {
		for size := 1; size <= len(text)+1; size++ {
			m := stdio.NewMark(mark, func() error { return nil })
			var out strings.Builder
			pass := func(p []byte) error { out.Write(p); return nil }
			for rest := text; rest != ""; rest = rest[min(size, len(rest)):] {
				m.Pass([]byte(rest[:min(size, len(rest))]), pass)
			}
			select {
			case <-m.Seen():
				if !strings.Contains(text, mark) {
					t.Errorf("%q in pieces of %d: a mark was seen", text, size)
				}
			default:
				if strings.Contains(text, mark) {
					t.Errorf("%q in pieces of %d: the mark was not seen", text, size)
				}
			}
			m.End(pass)
			<-m.Seen()
			if got, want := out.String(), strings.Replace(text, mark, "", 1); got != want {
				t.Errorf("%q in pieces of %d: %q was passed on", text, size, got)
			}
		}
	}
}

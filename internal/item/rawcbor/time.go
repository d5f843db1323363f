package rawcbor

import (
	"time"

	"github.com/farside-go/farside/internal/item/fail"
)

// AppendTime appends t with its offset. RFC 3339 has offsets of whole minutes and years of four
// digits; the instant matters more than the offset.
func AppendTime(b []byte, t time.Time) ([]byte, *fail.Error) {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.In(time.FixedZone("", offset-offset%60))
	}
	if _, offset := t.Zone(); offset <= -day || offset >= day || !fourDigits(t) {
		t = t.UTC()
	}
	if !fourDigits(t) {
		return b, fail.Errorf("a time in the year %d cannot be sent", t.Year())
	}
	b = AppendHead(b, MajorTag, TagTime)
	var text [len(time.RFC3339Nano)]byte
	out := t.AppendFormat(text[:0], time.RFC3339Nano)
	return append(AppendHead(b, MajorText, uint64(len(out))), out...), nil
}

// day is what the offset of a zone stays under, in seconds.
const day = 24 * 60 * 60

func fourDigits(t time.Time) bool { return t.Year() >= 0 && t.Year() <= 9999 }

// TimeBody reads the text after tag 0. The location is made of the offset alone: what is
// received must not depend on the zone of the machine that receives it.
func (c *Cursor) TimeBody() (time.Time, *fail.Error) {
	h, err := c.Head()
	if err != nil {
		return time.Time{}, err
	}
	if h.Major != MajorText {
		return time.Time{}, fail.Errorf("a time without its text")
	}
	b, err := c.Text(h)
	if err != nil {
		return time.Time{}, err
	}
	t, bad := time.ParseInLocation(time.RFC3339Nano, string(b), time.UTC)
	if _, offset := t.Zone(); bad != nil || offset <= -day || offset >= day {
		return time.Time{}, fail.Errorf("%.64q is no time", b)
	}
	return t, nil
}

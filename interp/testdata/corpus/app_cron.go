//go:build ignore

package main

import (
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"
)

type set uint64
type schedule struct{ min, hour, dom, month, dow set }
type fieldSpec struct {
	name   string
	lo, hi int
	names  []string
	into   func(*schedule) *set
}

var fields = [...]fieldSpec{
	{"minute", 0, 59, nil, func(s *schedule) *set { return &s.min }},
	{"hour", 0, 23, nil, func(s *schedule) *set { return &s.hour }},
	{"day", 1, 31, nil, func(s *schedule) *set { return &s.dom }},
	{"month", 1, 12, strings.Fields("_ jan feb mar apr may jun jul aug sep oct nov dec"), func(s *schedule) *set { return &s.month }},
	{"weekday", 0, 6, strings.Fields("sun mon tue wed thu fri sat"), func(s *schedule) *set { return &s.dow }},
}

func (s set) has(n int) bool { return s>>n&1 == 1 }

func (f fieldSpec) number(s string) (int, error) {
	for i, n := range f.names {
		if strings.EqualFold(s, n) {
			return i, nil
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("%s: %q is no number", f.name, s)
	}
	if n < f.lo || n > f.hi {
		return 0, fmt.Errorf("%s: %d is not in %d-%d", f.name, n, f.lo, f.hi)
	}
	return n, nil
}

func (f fieldSpec) parse(text string) (out set, err error) {
	for part := range strings.SplitSeq(text, ",") {
		lo, hi, step := f.lo, f.hi, 1
		rng, by, stepped := strings.Cut(part, "/")
		if stepped {
			if step, err = strconv.Atoi(by); err != nil || step < 1 {
				return 0, fmt.Errorf("%s: bad step %q", f.name, by)
			}
		}
		if rng != "*" {
			a, b, isRange := strings.Cut(rng, "-")
			if lo, err = f.number(a); err != nil {
				return
			}
			switch {
			case isRange:
				if hi, err = f.number(b); err != nil {
					return
				}
			case !stepped:
				hi = lo
			}
			if hi < lo {
				return 0, fmt.Errorf("%s: %s goes backwards", f.name, rng)
			}
		}
		for n := lo; n <= hi; n += step {
			out |= 1 << n
		}
	}
	return
}

var macros = map[string]string{"@hourly": "0 * * * *", "@daily": "0 0 * * *", "@weekly": "0 0 * * sun"}

func parse(text string) (s schedule, err error) {
	if m, ok := macros[text]; ok {
		text = m
	}
	words := strings.Fields(text)
	if len(words) != len(fields) {
		return s, fmt.Errorf("want %d fields, got %d", len(fields), len(words))
	}
	for i, f := range fields {
		if *f.into(&s), err = f.parse(words[i]); err != nil {
			return
		}
	}
	return
}

func (s schedule) matchDay(t time.Time) bool {
	dom, dow := s.dom.has(t.Day()), s.dow.has(int(t.Weekday()))
	const anyDom, anyDow = 1<<32 - 2, 1<<7 - 1
	if s.dom == anyDom || s.dow == anyDow {
		return dom && dow
	}
	return dom || dow
}

func (s schedule) after(t time.Time) iter.Seq[time.Time] {
	return func(yield func(time.Time) bool) {
		t := t.Truncate(time.Minute).Add(time.Minute)
		limit := t.AddDate(5, 0, 0)
		for t.Before(limit) {
			switch {
			case !s.month.has(int(t.Month())):
				t = time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, t.Location())
			case !s.matchDay(t):
				t = time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, t.Location())
			case !s.hour.has(t.Hour()):
				t = t.Truncate(time.Hour).Add(time.Hour)
			case !s.min.has(t.Minute()):
				t = t.Add(time.Minute)
			default:
				if !yield(t) {
					return
				}
				t = t.Add(time.Minute)
			}
		}
	}
}

func main() {
	from := time.Date(2024, 2, 28, 22, 59, 30, 0, time.UTC)
	for _, text := range []string{"*/20 * * * *", "0 0 29 2 *", "30 9-17/4 * * mon-fri", "0 12 1,15 * fri", "@weekly", "5 4 31 apr *", "59 23 31 dec *", "60 * * * *", "* * * *", "*/0 * * * *", "a * * * *", "* 5-2 * * *", "0 0 * foo *"} {
		s, err := parse(text)
		if err != nil {
			fmt.Println(text, "->", err)
			continue
		}
		var out []string
		for t := range s.after(from) {
			if out = append(out, t.Format("Mon 06-01-02 15:04")); len(out) == 3 {
				break
			}
		}
		fmt.Println(text, "->", strings.Join(out, ", "))
	}
}

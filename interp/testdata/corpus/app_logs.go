//go:build ignore

package main

import (
	"bufio"
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

type entry struct {
	at     time.Time
	level  string
	fields map[string]string
	msg    string
}

func parse(line string) (e entry, err error) {
	ts, rest, ok := strings.Cut(line, " ")
	if e.at, err = time.Parse(time.RFC3339, ts); err != nil || !ok {
		return e, fmt.Errorf("bad time in %.12q", line)
	}
	e.level, rest, _ = strings.Cut(rest, " ")
	e.fields = map[string]string{}
	for rest != "" {
		key, tail, ok := strings.Cut(rest, "=")
		if !ok || strings.Contains(key, " ") {
			e.msg = rest
			break
		}
		var val string
		if strings.HasPrefix(tail, `"`) {
			quoted, err := strconv.QuotedPrefix(tail)
			if err != nil {
				return e, fmt.Errorf("%s: %w", key, err)
			}
			val, _ = strconv.Unquote(quoted)
			tail = strings.TrimPrefix(tail[len(quoted):], " ")
		} else {
			val, tail, _ = strings.Cut(tail, " ")
		}
		e.fields[key], rest = val, tail
	}
	return e, nil
}

type stats struct {
	durations []time.Duration
	errors    int
}

func (s stats) percentile(p float64) time.Duration {
	sorted := slices.Sorted(slices.Values(s.durations))
	return sorted[int(math.Ceil(p/100*float64(len(sorted))))-1]
}
func (s stats) mean() time.Duration {
	var sum time.Duration
	for _, d := range s.durations {
		sum += d
	}
	return sum / time.Duration(len(s.durations))
}

func group[K comparable, V, A any](vs []V, key func(V) (K, bool), add func(A, V) A) map[K]A {
	out := map[K]A{}
	for _, v := range vs {
		if k, ok := key(v); ok {
			out[k] = add(out[k], v)
		}
	}
	return out
}

func main() {
	var log strings.Builder
	start := time.Date(2024, 3, 1, 23, 59, 30, 0, time.UTC)
	for i := range 40 {
		fmt.Fprintf(&log, "%s %s path=/%c status=%d took=%dms user=\"u %d\" done\n", start.Add(time.Duration(i)*3*time.Second).Format(time.RFC3339), []string{"INFO", "WARN", "ERROR"}[i%7%3], 'a'+i%3, []int{200, 200, 404, 500}[i%4], (i*37)%100+1, i%5)
	}
	log.WriteString("yesterday INFO x\n2024-03-02T00:00:00Z INFO q=\"open\n2024-03-02T00:00:01+01:00 INFO just a message\n")
	var entries []entry
	bad := 0
	for sc := bufio.NewScanner(strings.NewReader(log.String())); sc.Scan(); {
		e, err := parse(sc.Text())
		if err != nil {
			bad++
			fmt.Println(err)
			continue
		}
		entries = append(entries, e)
	}
	last := entries[len(entries)-1]
	fmt.Println(len(entries), bad, last.msg, last.at.UTC().Format(time.TimeOnly), len(last.fields))
	byPath := group(entries, func(e entry) (string, bool) { p, ok := e.fields["path"]; return p, ok }, func(s stats, e entry) stats {
		d, _ := time.ParseDuration(e.fields["took"])
		s.durations = append(s.durations, d)
		if e.fields["status"] >= "500" {
			s.errors++
		}
		return s
	})
	for _, p := range slices.SortedFunc(maps.Keys(byPath), func(a, b string) int { return cmp.Compare(byPath[b].mean(), byPath[a].mean()) }) {
		s := byPath[p]
		fmt.Printf("%s n=%d errors=%d mean=%v p50=%v p95=%v max=%v\n", p, len(s.durations), s.errors, s.mean(), s.percentile(50), s.percentile(95), slices.Max(s.durations))
	}
	perMinute := group(entries, func(e entry) (time.Time, bool) { return e.at.UTC().Truncate(time.Minute), true }, func(n int, _ entry) int { return n + 1 })
	for _, m := range slices.SortedFunc(maps.Keys(perMinute), time.Time.Compare) {
		fmt.Print(m.Format("01-02 15:04"), " ", perMinute[m], "; ")
	}
	fmt.Println()
	type key struct{ level, status string }
	cross := group(entries, func(e entry) (key, bool) { return key{e.level, e.fields["status"]}, e.level != "INFO" }, func(users []string, e entry) []string {
		if !slices.Contains(users, e.fields["user"]) {
			users = append(users, e.fields["user"])
		}
		return users
	})
	for _, k := range slices.SortedFunc(maps.Keys(cross), func(a, b key) int {
		return cmp.Or(strings.Compare(a.level, b.level), strings.Compare(a.status, b.status))
	}) {
		fmt.Printf("%v %q\n", k, cross[k])
	}
}

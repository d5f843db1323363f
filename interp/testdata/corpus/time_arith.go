//go:build ignore

package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

type interval struct{ from, to time.Time }

func (i interval) overlaps(o interval) bool { return i.from.Before(o.to) && o.from.Before(i.to) }
func (i interval) String() string {
	return i.from.Format("15:04") + "-" + i.to.Format("15:04")
}

func merge(is []interval) (out []interval) {
	slices.SortFunc(is, func(a, b interval) int { return cmp.Or(a.from.Compare(b.from), a.to.Compare(b.to)) })
	for _, i := range is {
		if n := len(out); n > 0 && !out[n-1].to.Before(i.from) {
			if i.to.After(out[n-1].to) {
				out[n-1].to = i.to
			}
			continue
		}
		out = append(out, i)
	}
	return
}

func calendar(year int, month time.Month) {
	first := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	fmt.Printf("%s %d\n", month, year)
	for range (int(first.Weekday()) + 6) % 7 {
		fmt.Print("   ")
	}
	for d := first; d.Month() == month; d = d.AddDate(0, 0, 1) {
		fmt.Printf("%2d ", d.Day())
		if d.Weekday() == time.Sunday {
			fmt.Println()
		}
	}
	fmt.Println()
}

func age(born, on time.Time) int {
	years := on.Year() - born.Year()
	if on.Before(born.AddDate(years, 0, 0)) {
		years--
	}
	return years
}

func easter(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(y, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}

func workdays(from, to time.Time) (n int) {
	for d := from; d.Before(to); d = d.Add(24 * time.Hour) {
		switch d.Weekday() {
		case time.Saturday, time.Sunday:
		default:
			n++
		}
	}
	return
}

func at(s string) time.Time {
	t, err := time.Parse("15:04", s)
	if err != nil {
		panic(err)
	}
	return t
}

func main() {
	t := time.Date(2024, 1, 31, 12, 0, 0, 0, time.UTC)
	fmt.Println(t.AddDate(0, 1, 0).Format(time.DateOnly), t.AddDate(1, 1, -31).Format(time.DateOnly), t.AddDate(0, 0, 30).Format(time.DateOnly), t.Add(-36*time.Hour), t.Add(1500*time.Microsecond).Format("05.000000"))
	fmt.Println(time.Date(2024, 14, -5, 25, 61, -1, 1e9, time.UTC), time.Date(2023, 2, 29, 0, 0, 0, 0, time.UTC).Format(time.DateOnly))
	u := time.Date(2024, 3, 10, 8, 30, 0, 0, time.FixedZone("E", 3600))
	fmt.Println(u.Sub(t), t.Sub(u), u.After(t), t.Before(u), t.Compare(u), t.Equal(t.In(u.Location())), t == t.In(u.Location()), u.UTC().Hour())
	fmt.Println(t.Truncate(24*time.Hour).Equal(t.Add(-12*time.Hour)), u.Truncate(time.Hour).Format(time.TimeOnly), u.Round(time.Hour).Format(time.TimeOnly), u.Truncate(7*time.Minute).Format(time.TimeOnly))
	fmt.Println(time.Time{}.Sub(t) < 0, t.Sub(time.Time{}), t.AddDate(-2023, 0, 0).Year())

	d := 100 * time.Second
	fmt.Println(d/3, d%(7*time.Second), d*2, d > time.Minute, d.Seconds()/60, time.Duration(2.5*float64(time.Second)), int64(d/time.Millisecond), d.Round(time.Minute), d.Truncate(33*time.Second), -d.Abs())
	calendar(2024, time.February)
	fmt.Println(age(time.Date(2000, 2, 29, 0, 0, 0, 0, time.UTC), time.Date(2023, 2, 28, 0, 0, 0, 0, time.UTC)), age(at("00:00"), t))
	for _, y := range []int{2023, 2024, 2025} {
		fmt.Print(easter(y).Format("Jan 2 "), easter(y).Weekday(), "; ")
	}
	fmt.Println(workdays(t, t.AddDate(0, 1, 0)))
	is := []interval{{at("13:00"), at("14:30")}, {at("09:00"), at("10:00")}, {at("14:00"), at("15:00")}, {at("10:00"), at("10:30")}, {at("16:00"), at("16:01")}}
	fmt.Println(is[0].overlaps(is[2]), is[1].overlaps(is[3]), merge(is))

	var total time.Duration
	laps := map[string]time.Duration{"a": 61 * time.Second, "b": 59500 * time.Millisecond}
	for _, l := range laps {
		total += l
	}
	avg := total / time.Duration(len(laps))
	fmt.Println(total, avg, laps, []time.Duration{1, 1e3, 1e6, 1e9})
	fmt.Printf("%d:%02d.%03d %5.1fs %v %T\n", int(total.Minutes()), int(total.Seconds())%60, total.Milliseconds()%1000, avg.Seconds(), avg, avg)
	next := func(t time.Time, wd time.Weekday) time.Time {
		return t.AddDate(0, 0, int(wd-t.Weekday()+7)%7)
	}
	fmt.Println(next(t, time.Monday).Format(time.DateOnly), next(t, time.Wednesday).Equal(t))
	days := map[time.Weekday]int{}
	for i := range 100 {
		days[t.AddDate(0, i, 0).Weekday()]++
	}
	sum := 0
	for wd := time.Sunday; wd <= time.Saturday; wd++ {
		sum += days[wd]
	}
	fmt.Println(sum, t.YearDay(), time.Date(2024, 12, 31, 0, 0, 0, 0, time.UTC).YearDay())
	start := time.Now()
	fmt.Println(time.Since(start) >= 0, start.Equal(start.Round(0)), time.Until(start.Add(time.Hour)) > 59*time.Minute)
}

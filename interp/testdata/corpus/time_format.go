//go:build ignore

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

type event struct {
	Name string
	At   time.Time
	Took time.Duration
}
type day time.Time

func (d day) String() string               { return time.Time(d).Format("Mon 2 Jan") }
func (d day) MarshalText() ([]byte, error) { return []byte(time.Time(d).Format(time.DateOnly)), nil }
func (d *day) UnmarshalText(b []byte) error {
	t, err := time.Parse(time.DateOnly, string(b))
	*d = day(t)
	return err
}

func main() {
	zone := time.FixedZone("CEST", 2*60*60)
	west := time.FixedZone("", -(3*60+30)*60)
	t := time.Date(2024, time.February, 29, 15, 4, 5, 123456789, zone)
	for _, layout := range []string{time.ANSIC, time.UnixDate, time.RubyDate, time.RFC822, time.RFC822Z, time.RFC850, time.RFC1123, time.RFC1123Z, time.RFC3339, time.RFC3339Nano, time.Kitchen, time.Stamp, time.StampMilli, time.StampMicro, time.DateTime, time.DateOnly, time.TimeOnly,
		"Monday, January 2 2006", "06-1-2 3:4:5pm", "02.01.06 15h04", "2006-002", "15:04:05.000", "05.999999", "Jan _2 03:04PM", "-0700 -07:00 Z0700 Z07:00 MST", "20060102T150405Z"} {
		fmt.Println(t.Format(layout), "|", t.UTC().Format(layout))
	}
	fmt.Println(t, t.UTC(), t.In(west))
	fmt.Println(t.Year(), t.Month(), t.Day(), t.YearDay(), t.Weekday(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Unix(), t.UnixMilli(), t.IsZero())
	y, w := t.ISOWeek()
	name, off := t.Zone()
	h, m, s := t.Clock()
	fmt.Println(y, w, name, off, h, m, s, t.Location(), time.Time{}, time.Time{}.IsZero(), int(t.Month()), time.Saturday)
	fmt.Printf("%v %d %s %v %#v\n", t.Month(), t.Month(), time.Weekday(9), time.Month(13), time.Duration(5))

	for _, c := range [][2]string{
		{time.RFC3339, "2024-05-06T07:08:09.5+01:00"}, {time.RFC3339, "2024-05-06T07:08:09Z"}, {time.DateOnly, "2023-02-29"}, {time.DateOnly, "2024-2-1"}, {"2 Jan 2006", "31 Dec 1999"}, {time.Kitchen, "3:04AM"},
		{time.DateTime, "2024-01-01 25:00:00"}, {"2006-01-02", "2024-13-01"}, {"Mon Jan 2", "Tue Mar 5"}, {"15:04", "1504"}, {time.RFC1123, "Thu, 29 Feb 2024 15:04:05 XYZ"}, {"2006-01-02 MST", "2024-01-01 UTC"}, {time.DateOnly, "2024-01-01 extra"}, {"05.000", "07.123"},
	} {
		got, err := time.Parse(c[0], c[1])
		var pe *time.ParseError
		fmt.Println(got, err, errors.As(err, &pe))
	}
	local, err := time.ParseInLocation("2006-01-02 15:04", "2024-07-01 12:30", zone)
	fmt.Println(local, err, local.UTC())

	e := event{"x", t, 90 * time.Second}
	b, err := json.Marshal(e)
	fmt.Println(string(b), err)
	var back event
	err = json.Unmarshal(b, &back)
	fmt.Println(err, back.At.Equal(t), back.At == t, back.Took)
	text, _ := t.MarshalText()
	bin, _ := t.MarshalBinary()
	var u time.Time
	fmt.Println(string(text), len(bin), u.UnmarshalBinary(bin), u.Equal(t), u.UnmarshalText([]byte("nonsense")))

	d := day(t)
	b, _ = json.Marshal(map[string]any{"d": d, "m": map[day]int{d: 1}})
	var dd day
	fmt.Println(d, string(b), json.Unmarshal([]byte(`"1999-12-31"`), &dd), dd)
	for _, s := range []string{"1h30m", "-1.5h", "300ms", "1us2ns", "2µs", "1d", "", "5", "1h-1m", "9999999h"} {
		d, err := time.ParseDuration(s)
		fmt.Print(d, " ", err, "; ")
	}
	fmt.Println()
	dur := 36*time.Hour + 5*time.Minute + 7*time.Second + 80*time.Millisecond
	fmt.Println(dur, dur.Hours(), dur.Minutes(), dur.Truncate(time.Minute), dur.Round(time.Hour), time.Duration(1), time.Duration(1500), -dur, dur.Milliseconds(), time.Duration(0), dur.Abs())
	fmt.Println(string(t.AppendFormat([]byte("at "), time.Kitchen)), t.GoString())
	fmt.Println(time.Unix(1700000000, 5).UTC(), time.UnixMilli(-1).UTC(), time.UnixMicro(1e15).UTC().Format(time.RFC3339Nano))
}

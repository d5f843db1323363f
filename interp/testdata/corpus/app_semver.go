//go:build ignore

package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

type Version struct {
	Major, Minor, Patch uint
	Pre                 []string
}

var ErrVersion = errors.New("bad version")

func Parse(s string) (v Version, err error) {
	core, pre, hasPre := strings.Cut(strings.TrimPrefix(s, "v"), "-")
	parts := strings.Split(core, ".")
	if len(parts) != 3 {
		return v, fmt.Errorf("%w: %q has %d parts", ErrVersion, s, len(parts))
	}
	for i, to := range []*uint{&v.Major, &v.Minor, &v.Patch} {
		n, err := strconv.ParseUint(parts[i], 10, 32)
		if err != nil {
			return v, fmt.Errorf("%w: %q: %w", ErrVersion, s, err)
		}
		*to = uint(n)
	}
	if hasPre {
		v.Pre = strings.Split(pre, ".")
	}
	return v, nil
}

func (v Version) Compare(o Version) int {
	return cmp.Or(cmp.Compare(v.Major, o.Major), cmp.Compare(v.Minor, o.Minor), cmp.Compare(v.Patch, o.Patch),
		func() int {
			switch {
			case v.Pre == nil || o.Pre == nil:
				return len(o.Pre) - len(v.Pre)
			}
			return slices.CompareFunc(v.Pre, o.Pre, comparePre)
		}())
}

func comparePre(a, b string) int {
	m, errA := strconv.Atoi(a)
	n, errB := strconv.Atoi(b)
	switch {
	case errA == nil && errB == nil:
		return cmp.Compare(m, n)
	case errA == nil:
		return -1
	case errB == nil:
		return 1
	}
	return strings.Compare(a, b)
}

func (v Version) String() string {
	s := fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch)
	if v.Pre != nil {
		s += "-" + strings.Join(v.Pre, ".")
	}
	return s
}
func (v Version) MarshalText() ([]byte, error) { return []byte(v.String()), nil }
func (v *Version) UnmarshalText(b []byte) (err error) {
	*v, err = Parse(string(b))
	return
}

type Constraint func(Version) bool

func ParseConstraint(s string) (Constraint, error) {
	all := func(Version) bool { return true }
	for term := range strings.FieldsSeq(s) {
		i := strings.IndexFunc(term, func(r rune) bool { return r >= '0' && r <= '9' })
		if i < 0 {
			return nil, fmt.Errorf("%w: %q", ErrVersion, term)
		}
		op, text := term[:i], term[i:]
		v, err := Parse(text)
		if err != nil {
			return nil, err
		}
		ops := map[string]Constraint{
			"": func(o Version) bool { return o.Compare(v) == 0 }, ">": func(o Version) bool { return o.Compare(v) > 0 }, ">=": func(o Version) bool { return o.Compare(v) >= 0 }, "<": func(o Version) bool { return o.Compare(v) < 0 },
			"^": func(o Version) bool { return o.Major == v.Major && o.Compare(v) >= 0 }, "~": func(o Version) bool { return o.Major == v.Major && o.Minor == v.Minor && o.Compare(v) >= 0 },
		}
		c, ok := ops[op]
		if !ok {
			return nil, fmt.Errorf("%w: operator %q", ErrVersion, op)
		}
		prev := all
		all = func(o Version) bool { return prev(o) && c(o) }
	}
	return all, nil
}

func main() {
	var vs []Version
	for _, s := range strings.Fields("1.2.3 v1.10.0 1.2.3-rc.1 0.9.9 1.2.3-alpha.beta 1.2.3-rc.10 1.2.3-alpha 2.0.0 1.2.3-alpha.1 1.2 1.x.0 4294967296.0.0") {
		v, err := Parse(s)
		if err != nil {
			fmt.Println(err, errors.Is(err, ErrVersion), errors.Is(err, strconv.ErrRange))
			continue
		}
		vs = append(vs, v)
	}
	slices.SortFunc(vs, Version.Compare)
	fmt.Println(vs)
	for _, c := range []string{"^1.2.0", "~1.2.3", ">=1.2.3-rc.2 <2.0.0", ">0.9.9 <1.2.3", "2.0.0", "", "=>1.0.0", "latest"} {
		f, err := ParseConstraint(c)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(c, slices.Collect(func(yield func(Version) bool) {
			for _, v := range vs {
				if f(v) && !yield(v) {
					return
				}
			}
		}))
	}
	b, err := json.Marshal(map[string]any{"max": slices.MaxFunc(vs, Version.Compare), "list": vs[:2]})
	var back struct{ Max Version }
	fmt.Println(string(b), err, json.Unmarshal(b, &back), back.Max.Major)
	fmt.Println(json.Unmarshal([]byte(`{"Max":"x"}`), &back))
}

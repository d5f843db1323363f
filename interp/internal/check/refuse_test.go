package check_test

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"testing"

	"github.com/farside-go/farside/interp/internal/check"
)

const build = "cannot be used in interpreted source; build the program instead"

func TestWhatFarSourceMayNotDoIsRefused(t *testing.T) {
	files := func(pattern string) error {
		if ok, err := path.Match(pattern, "greeting.txt"); err != nil || !ok {
			return errors.New("no matching files found")
		}
		return nil
	}
	for name, test := range map[string]struct {
		text  string
		allow *check.Allow
		want  []string
	}{
		"nothing": {"package p\n\nfunc f() {}\n", nil, nil},
		"unsafe": {"package p\n\nimport \"unsafe\"\n\nvar p unsafe.Pointer\n", nil,
			[]string{"a.go:3:8: unsafe " + build}},
		"unsafe allowed": {"package p\n\nimport \"unsafe\"\n\nvar p unsafe.Pointer\n", &check.Allow{Unsafe: true}, nil},
		"linkname": {"package p\n\nimport _ \"unsafe\"\n\n//go:linkname f runtime.fastrand\nfunc f() uint32\n", nil,
			[]string{"a.go:3:10: unsafe " + build, "a.go:5:1: //go:linkname " + build, "a.go:6:6: missing function body: assembly " + build}},
		"assembly": {"package p\n\ntype T int\n\nfunc (T) f(x int) int\n", nil,
			[]string{"a.go:5:10: missing function body: assembly " + build}},
		"embed without files": {"package p\n\nimport _ \"embed\"\n\n//go:embed greeting.txt \"b c\"\nvar s string\n", nil, []string{
			"a.go:5:1: //go:embed b c: the source came without files; Import the tree that has them, or build the program",
			"a.go:5:1: //go:embed greeting.txt: the source came without files; Import the tree that has them, or build the program"}},
		"embed": {"package p\n\nimport _ \"embed\"\n\n//go:embed greeting.txt\nvar s string\n", &check.Allow{Embed: files}, nil},
		"embed nothing": {"package p\n\nimport _ \"embed\"\n\n//go:embed *.txt nosuch \nvar s string\n", &check.Allow{Embed: files},
			[]string{"a.go:5:18: pattern nosuch: no matching files found"}},
	} {
		t.Run(name, func(t *testing.T) {
			pkg, err := checked(t, nil, test.text)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range check.Refuse(pkg, test.allow) {
				got = append(got, e.Error())
			}
			slices.Sort(got)
			if !slices.Equal(got, test.want) {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
		})
	}
}

func TestCgoIsRefused(t *testing.T) {
	_, err := checked(t, nil, "package p\n\n// #include <stdio.h>\nimport \"C\"\n\nfunc f() { C.puts(nil) }\n")
	if want := "a.go:4:8: cgo " + build; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestMissingPackagesAreNamedAsByTheGoCommand(t *testing.T) {
	for path, want := range map[string]string{
		"foo/bar":          "package foo/bar is not in std",
		"internal/abi":     "use of internal package internal/abi not allowed",
		"example.com/a":    "package example.com/a was not imported to this far side: Import its source first, or build the program",
		"example.com/a/v2": "package example.com/a/v2 was not imported to this far side: Import its source first, or build the program",
	} {
		_, err := checked(t, nil, "package p\n\nimport \""+path+"\"\n")
		if want := "a.go:3:8: " + want; err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestEmbedsAreThoseOfTheCompiler(t *testing.T) {
	const head = "package p\n\nimport \"embed\"\n\nvar _ embed.FS\n\n"
	for name, test := range map[string]struct{ text, want string }{
		"files":           {head + "//go:embed a b/*\n//go:embed `c d` \"e\\x66\"\nvar fs embed.FS\n", "fs [a b/* c d ef]"},
		"group":           {head + "var (\n\t//go:embed a\n\ts string\n\n\t//go:embed b\n\tb []byte\n\tc int\n)\n", "s [a] b [b]"},
		"with a doc":      {head + "// S is something.\n//\n//go:embed a\nvar S string\n", "S [a]"},
		"no import":       {"package p\n\n//go:embed a\nvar s string\n", `a.go:3:3: go:embed requires import "embed" (or import _ "embed", if package is not used)`},
		"two":             {head + "//go:embed a\nvar s, t string\n", "a.go:7:3: go:embed cannot apply to multiple vars"},
		"initializer":     {head + "//go:embed a\nvar s = \"\"\n", "a.go:7:3: go:embed cannot apply to var with initializer"},
		"in a func":       {head + "func f() {\n\t//go:embed a\n\tvar s string\n\t_ = s\n}\n", "a.go:8:4: go:embed cannot apply to var inside func"},
		"misplaced":       {head + "//go:embed a\nfunc f() {}\n", "a.go:7:3: misplaced go:embed directive"},
		"type":            {head + "//go:embed a\nvar n []int\n", "a.go:7:3: go:embed cannot apply to var of type []int"},
		"usage":           {head + "//go:embed\nvar s string\n", "a.go:7:3: usage: //go:embed pattern..."},
		"quotes":          {head + "//go:embed \"a\nvar s string\n", "a.go:7:3: invalid quoted string in //go:embed: \"a"},
		"glued":           {head + "//go:embed `a`b\nvar s string\n", "a.go:7:3: invalid quoted string in //go:embed: `a`b"},
		"not a directive": {head + "// go:embed a\nvar s string\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			pkg, err := checked(t, nil, test.text)
			if err != nil {
				t.Fatal(err)
			}
			var got string
			embeds, wrong := check.Embeds(pkg)
			for i, e := range embeds {
				if i > 0 {
					got += " "
				}
				got += fmt.Sprintf("%s %v", e.Var.Name(), e.Patterns)
			}
			if len(wrong) > 0 {
				got += wrong.Error()
			}
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

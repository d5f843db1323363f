package gobuild_test

import (
	"path/filepath"
	"testing"

	"github.com/farside-go/farside/internal/gobuild"
)

// packages are of all kinds, in one module.
const packages = `
-- far/far.go --
package far

import (
	"context"

	"example.com/m/internal/secret"
)

type N int

func (N) Hidden(ctx context.Context) {}

func far(ctx context.Context) {}

func Far(ctx context.Context, word string) (string, N, error) {
	return word + secret.Far(ctx), 0, nil
}
-- internal/secret/secret.go --
package secret

import "context"

func Far(ctx context.Context) string { return "internal" }
-- internal/secret/farside-main/taken.go --
package taken
-- deep/internal/secret/secret.go --
package secret

import "context"

func Far(ctx context.Context) string { return "deep" }
-- whole/main.go --
package main

import (
	"context"
	"fmt"
)

func main() { fmt.Print("whole") }

func Far(ctx context.Context) string { return again() }
-- whole/other.go --
package main

func again() string {
	main()
	return "far"
}
-- lone/lone.go --
package main

import "context"

func far(ctx context.Context) T { return 5 }
-- lone/farside_main.go --
package main

type T int
-- two/two.go --
package two

import "context"

func One(ctx context.Context) string { return "one" }
func Two(ctx context.Context) string { return "two" }
func Three[T any](ctx context.Context) {}
func Four(ctx context.Context) (a, b int, err error) { return }
func five(ctx context.Context) {}
-- none/none.go --
package none

func Far(x int) {}
-- small/small.go --
package small

import "context"

func far(ctx context.Context) {}
-- empty/README --
nothing`

// G18
func TestPackages(t *testing.T) {
	dir := module(t, packages)
	for _, c := range []struct {
		name, want string
		request    gobuild.Request
		args       []string
		main       bool
	}{
		{"folder", "", gobuild.Request{Package: "./internal/secret"}, nil, false},
		{"import path", "string:internal", gobuild.Request{Package: "example.com/m/internal/secret"}, nil, false},
		{"absolute, seen from another", "string:internal",
			gobuild.Request{Package: filepath.Join(dir, "internal", "secret"), Dir: filepath.Join(dir, "two")}, nil, false},
		{"above", "string:internal", gobuild.Request{Package: "..", Dir: filepath.Join(dir, "internal", "secret", "farside-main")}, nil, false},
		{"below an internal one", "string:deep", gobuild.Request{Package: "./deep/internal/secret"}, nil, false},
		{"one of several", "string:two", gobuild.Request{Package: "./two", Func: "Two"}, nil, false},
		{"package main without main", "main.T:5", gobuild.Request{Package: "./lone"}, nil, false},
		{"whole program", "whole", gobuild.Request{Package: "./whole"}, nil, true},
		{"whole program that must be one", "whole", gobuild.Request{Package: "./whole", Command: true}, nil, true},
		{"function of a whole program", "wholestring:far", gobuild.Request{Package: "./whole", Func: "Far"}, nil, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.request.Dir == "" {
				c.request.Dir = dir
			}
			if c.want == "" {
				c.want = "string:internal"
			}
			if built := want(t, c.want, &c.request, c.args...); built.Main != c.main {
				t.Errorf("Main is %v", built.Main)
			}
		})
	}
}

func TestOverlayOfTheUserIsRefused(t *testing.T) {
	dir := module(t, "")
	t.Setenv("GOFLAGS", "-overlay="+filepath.Join(dir, "overlay.json"))
	write(t, dir, "overlay.json", "{}")
	_, err := shared(t).Build(t.Context(), &gobuild.Request{Source: "func main() {}", Dir: dir})
	wantError(t, err, "GOFLAGS says -overlay")
}

func TestPackagesThatCannotBeBuilt(t *testing.T) {
	dir := module(t, packages)
	for _, c := range []struct {
		name    string
		request gobuild.Request
		kind    error
		parts   []string
	}{
		{"three results", gobuild.Request{Package: "./far"}, gobuild.ErrNoFar,
			[]string{"far/far.go:15:6: Far cannot be a far function: one gives a result, an error, or both"}},
		{"several", gobuild.Request{Package: "./two"}, gobuild.ErrNoFar, []string{"two/two.go:6:6: several far functions: One, Two, Three, Four; say which"}},
		{"type parameters", gobuild.Request{Package: "./two", Func: "Three"}, gobuild.ErrNoFar, []string{"two/two.go:7:6: Three cannot be a far function: it has type parameters"}},
		{"not exported", gobuild.Request{Package: "./two", Func: "five"}, gobuild.ErrNoFar, []string{"two/two.go:9:6: five is not exported"}},
		{"only one not exported", gobuild.Request{Package: "./small"}, gobuild.ErrNoFar, []string{"small/small.go:5:6: far is not exported"}},
		{"no such function", gobuild.Request{Package: "./two", Func: "Six"}, gobuild.ErrNoFar, []string{"build ./two for", "no function Six in this package"}},
		{"none", gobuild.Request{Package: "./none"}, gobuild.ErrNoFar, []string{"no far function: one is declared as func(ctx context.Context, ...)"}},
		{"no program", gobuild.Request{Package: "./two", Func: "Two", Command: true}, gobuild.ErrNotWhole, []string{"no whole program"}},
		{"function of a program", gobuild.Request{Package: "./whole", Func: "Far", Command: true}, gobuild.ErrNotWhole, []string{"no whole program"}},
		{"nothing in it", gobuild.Request{Package: "./empty"}, nil, []string{"no Go files in"}},
		{"not there", gobuild.Request{Package: "./nowhere"}, nil, []string{"nowhere"}},
		{"no package of the module", gobuild.Request{Package: "example.com/m/nowhere"}, gobuild.ErrModule, []string{"example.com/m/nowhere"}},
		{"of no module", gobuild.Request{Package: "example.com/other"}, gobuild.ErrModule, []string{"no required module provides package example.com/other"}},
		{"a file", gobuild.Request{Package: "./whole/main.go"}, nil, []string{"build ./whole/main.go: that is no package: give its folder"}},
		{"a file, absolute", gobuild.Request{Package: filepath.Join(dir, "whole", "main.go")}, nil, []string{"that is no package: give its folder"}},
		{"a flag", gobuild.Request{Package: "-toolexec=false"}, nil, []string{"that is no package"}},
		{"many", gobuild.Request{Package: "./..."}, nil, []string{"more than one package", "name one"}},
		{"both", gobuild.Request{Package: "./far", Source: "x"}, nil, []string{"give one"}},
		{"neither", gobuild.Request{}, nil, []string{"give one"}},
		{"no folder", gobuild.Request{Package: "./far", Dir: filepath.Join(dir, "nowhere")}, nil, []string{"nowhere is not a folder"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.request.Dir == "" {
				c.request.Dir = dir
			}
			refused(t, c.kind, &c.request, c.parts...)
		})
	}
}

package gobuild_test

import (
	"archive/zip"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/gobuild"
)

// proxy serves module example.com/word at v1.0.0 and v1.1.0 from a folder, and beside it what
// this user's module cache has. The modules go into a cache of the test's own.
func proxy(t *testing.T) {
	t.Helper()
	out, err := exec.Command("go", "env", "GOMODCACHE").Output()
	check(t, err)
	had := filepath.Join(strings.TrimSpace(string(out)), "cache", "download")
	dir := t.TempDir()
	for version, word := range map[string]string{"v1.0.0": "one", "v1.1.0": "eleven"} {
		base := "example.com/word/@v/" + version
		mod := "module example.com/word\n\ngo 1.26\n"
		write(t, dir, base+".info", `{"Version":"`+version+`"}`)
		write(t, dir, base+".mod", mod)
		file, err := os.Create(filepath.Join(dir, base+".zip"))
		check(t, err)
		archive := zip.NewWriter(file)
		for name, text := range map[string]string{
			"go.mod": mod, "word.go": "package word\n\nconst Word = \"" + word + "\"\n",
			"far/far.go": "package far\n\nimport \"context\"\n\nfunc Far(ctx context.Context) string { return \"" + word + "\" }\n",
		} {
			w, err := archive.Create("example.com/word@" + version + "/" + name)
			check(t, err)
			_, err = w.Write([]byte(text))
			check(t, err)
		}
		check(t, archive.Close())
		check(t, file.Close())
	}
	t.Setenv("GOPROXY", "file://"+filepath.ToSlash(dir)+",file://"+filepath.ToSlash(had))
	t.Setenv("GOMODCACHE", filepath.Join(t.TempDir(), "mod"))
	t.Setenv("GOFLAGS", "-modcacherw")
}

// unwritten fails if a build has written to a folder.
func unwritten(t *testing.T, dir string) {
	t.Helper()
	before := contents(t, dir)
	t.Cleanup(func() {
		if after := contents(t, dir); after != before {
			t.Errorf("what the user has became\n%s\nfrom\n%s", after, before)
		}
	})
}

func contents(t *testing.T, dir string) string {
	var all strings.Builder
	check(t, filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, _ := os.ReadFile(path)
			fmt.Fprintf(&all, "%s %x\n", path, sha256.Sum256(text))
		}
		return err
	}))
	return all.String()
}

const wordSource = "package p\nimport \"example.com/word\"\nfunc F(ctx context.Context) string { return word.Word }"

func TestModulesBesideThoseOfTheCurrentModule(t *testing.T) {
	proxy(t)
	dir := module(t, "")
	unwritten(t, dir)
	want(t, "string:one", &gobuild.Request{Source: wordSource, Dir: dir, Modules: []string{"example.com/word@v1.0.0"}})
	want(t, "string:eleven", &gobuild.Request{Source: wordSource, Dir: dir, Modules: []string{"example.com/word@v1.1.0"}})
	want(t, "string:one", &gobuild.Request{Package: "example.com/word/far", Dir: dir, Modules: []string{"example.com/word@v1.0.0"}})
}

// Where there is no module, or one without farside, that of this program is used, with
// the sums that it has.
func TestModulesWithoutFarside(t *testing.T) {
	proxy(t)
	t.Setenv("GOSUMDB", "sum.golang.org https://127.0.0.1:1")
	t.Setenv("GONOSUMDB", "example.com")
	request := func(dir, source string) *gobuild.Request {
		unwritten(t, dir)
		return &gobuild.Request{Source: source, Dir: dir, Modules: []string{"example.com/word@v1.0.0"}}
	}
	loop := "var fs []func() int\nfor i := 0; i < 2; i++ { fs = append(fs, func() int { return i }) }\n"
	farSide := func(r *gobuild.Request) {
		t.Helper()
		built := build(t, shared(t), r)
		if out, _ := exec.Command(built.Path).CombinedOutput(); !strings.Contains(string(out), "is a far side") {
			t.Errorf("it says %s", out)
		}
	}
	none := t.TempDir()
	farSide(request(none, wordSource))
	want(t, "one1", request(none, "package main\nimport \"example.com/word\"\nfunc main() {"+loop+"fmt.Print(word.Word, fs[1]()) }"))
	old := writeAll(t, t.TempDir(), "\n-- go.mod --\nmodule example.com/old\n\ngo 1.21\n-- far/far.go --\npackage far\n\nimport \"context\"\n\nfunc Far(ctx context.Context) {}\n-- loop/loop.go --\npackage loop\n\nfunc Loop() int {"+loop+"return fs[0]() }")
	farSide(request(old, wordSource))
	farSide(&gobuild.Request{Package: "./far", Dir: old})
	// The module's language is its own, that of the source is that of all sources.
	want(t, "one 2 0", request(old, "package main\nimport \"example.com/word\"\nimport \"example.com/old/loop\"\nfunc main() {"+loop+"fmt.Print(word.Word, ` `, loop.Loop(), ` `, fs[0]()) }"))
}

// Nobody needs to require what is built of it alone.
func TestFarsideThatIsReplacedAndNotRequired(t *testing.T) {
	dir := module(t, far+words)
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	check(t, err)
	write(t, dir, "go.mod", strings.Replace(string(mod), "require github.com/farside-go/farside v0.0.0", "", 1))
	unwritten(t, dir)
	want(t, "string:oneword", &gobuild.Request{Package: "./far", Dir: dir})
}

// With -mod=mod the go command would add farside to the user's go.mod.
func TestNothingIsAddedToTheUsersModule(t *testing.T) {
	t.Setenv("GOFLAGS", "-mod=mod")
	dir := module(t, far+words)
	mod, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	check(t, err)
	write(t, dir, "go.mod", strings.Replace(string(mod), "require github.com/farside-go/farside v0.0.0", "", 1))
	unwritten(t, dir)
	want(t, "string:oneword", &gobuild.Request{Package: "./far", Dir: dir})
}

// A whole program has no part of farside in it, and is built of what the user's modules
// have, vendored or not.
func TestWholeProgramNeedsNoFarside(t *testing.T) {
	t.Setenv("GOMODCACHE", t.TempDir())
	dir := writeAll(t, t.TempDir(), `
-- go.mod --
module example.com/m

go 1.26.0

require example.com/word v1.0.0
-- vendor/modules.txt --
# example.com/word v1.0.0
## explicit; go 1.26.0
example.com/word
-- vendor/example.com/word/word.go --
package word

const Word = "vendored"
-- whole/main.go --
package main

import (
	"fmt"

	"example.com/word"
)

func main() { fmt.Print(word.Word) }`)
	want(t, "vendored", &gobuild.Request{Package: "./whole", Dir: dir})
	want(t, "vendored", &gobuild.Request{Source: "package main\nimport \"example.com/word\"\nfunc main() { fmt.Print(word.Word) }", Dir: dir})
}

func TestModulesThatCannotBeHad(t *testing.T) {
	proxy(t)
	dir := module(t, "")
	for name, c := range map[string]struct{ module, part string }{
		"no version":     {"example.com/word", `"example.com/word" needs a version`},
		"latest":         {"example.com/word@latest", `"example.com/word@latest" needs a version`},
		"no such one":    {"example.com/word@v1.2.0", "source.go:2:8: example.com/word@v1.2.0: reading file:"},
		"no such module": {"example.com/nowhere@v1.0.0", "example.com/nowhere@v1.0.0"},
		"not the one":    {"golang.org/x/sys@v0.50.0", "source.go:2:8: cannot find module providing package example.com/word"},
	} {
		t.Run(name, func(t *testing.T) {
			refused(t, gobuild.ErrModule, &gobuild.Request{Source: wordSource, Dir: dir, Modules: []string{c.module}}, c.part)
		})
	}
}

// G18: a workspace is the user's, also where one of our own is made around it.
func TestWorkspaces(t *testing.T) {
	proxy(t)
	const other = `
-- go.work --
go 1.26.0

use (
	"./a folder"
	./other
)

replace example.com/third => ./third
-- third/go.mod --
module example.com/third

go 1.26.0
-- third/third.go --
package third

const Word = "er"
-- other/go.mod --
module example.com/other

go 1.26.0

require example.com/third v1.0.0
-- other/secret/internal/internal.go --
package internal

import "example.com/third"

const Word = "oth" + third.Word
-- other/secret/far.go --
package secret

import (
	"context"

	"example.com/other/secret/internal"
)

func Far(ctx context.Context) string { return internal.Word }`
	dir := module(t, "\n-- far/far.go --\npackage far\n\nimport (\n\t\"context\"\n\n\t\"example.com/other/secret\"\n)\n\nfunc Far(ctx context.Context) string { return secret.Far(ctx) + `!` }")
	above := writeAll(t, filepath.Dir(dir), other)
	unwritten(t, above)
	want(t, "string:other!", &gobuild.Request{Package: "./far", Dir: dir})
	want(t, "string:other", &gobuild.Request{Package: "example.com/other/secret", Dir: dir})
	want(t, "string:other", &gobuild.Request{Package: "./secret", Dir: filepath.Join(above, "other")})
	want(t, "string:other!", &gobuild.Request{Package: "./far", Dir: dir, Modules: []string{"example.com/word@v1.0.0"}})
	want(t, "string:oneother", &gobuild.Request{Dir: dir, Modules: []string{"example.com/word@v1.0.0"},
		Source: "package p\nimport (\"example.com/word\"; \"example.com/other/secret\")\nfunc F(ctx context.Context) string { return word.Word + secret.Far(ctx) }"})
}

func TestVendoredModules(t *testing.T) {
	proxy(t)
	dir := module(t, "\n-- far/far.go --\npackage far\n\nimport (\n\t\"context\"\n\n\t\"example.com/word\"\n)\n\nfunc Far(ctx context.Context) string { return word.Word }"+
		"\n-- main.go --\npackage main\n\nimport \"github.com/farside-go/farside/worker\"\n\nfunc main() { worker.Run(nil) }")
	for _, args := range [][]string{{"mod", "edit", "-require=example.com/word@v1.0.0"}, {"mod", "tidy"}, {"mod", "vendor"}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	t.Setenv("GOPROXY", "off")
	t.Setenv("GOMODCACHE", t.TempDir())
	want(t, "string:one", &gobuild.Request{Package: "./far", Dir: dir})
	write(t, dir, "vendor/example.com/word/word.go", "package word\n\nconst Word = `patched`\n")
	want(t, "string:patched", &gobuild.Request{Package: "./far", Dir: dir})
}

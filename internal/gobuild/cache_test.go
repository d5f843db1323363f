package gobuild_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/gobuild"
	"github.com/farside-go/farside/internal/inputs"
)

// counted makes the go command one that counts. builds gives how many there were, all how
// often it was called at all.
func counted(t *testing.T) (builds, all func() int) {
	t.Helper()
	toolchain, err := exec.LookPath("go")
	check(t, err)
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "go"), []byte("#!/bin/sh\necho \"$1\" >>'"+dir+"/calls'\nexec '"+toolchain+"' \"$@\"\n"), 0o700))
	t.Setenv("PATH", dir+":"+os.Getenv("PATH"))
	count := func(word string) int {
		calls, _ := os.ReadFile(filepath.Join(dir, "calls"))
		return strings.Count(string(calls), word)
	}
	return func() int { return count("build\n") }, func() int { return count("\n") }
}

const far = `
-- far/far.go --
package far

import (
	"context"

	"example.com/m/words"
)

func Far(ctx context.Context) string { return "one" + words.Word() }`

const words = `
-- words/words.go --
package words

import "embed"

//go:embed text
var text embed.FS

func Word() string {
	found := ""
	for _, name := range []string{"text/a/1", "text/a/2"} {
		data, _ := text.ReadFile(name)
		found += string(data)
	}
	return found + More
}
-- words/more.go --
package words

var More = ""
-- words/other.go --
//go:build other

package words

func init() { More = "other" }
-- words/text/a/1 --
word`

func TestUnchangedInputsRunNothing(t *testing.T) {
	builds, all := counted(t)
	dir := module(t, far+words)
	cache := filepath.Join(t.TempDir(), "builds")
	var first *gobuild.Built
	for i := range 4 {
		c, err := gobuild.Open(cache)
		check(t, err)
		for range 2 {
			built := build(t, c, &gobuild.Request{Package: "./far", Dir: dir})
			if first == nil {
				first = built
			} else if *built != *first {
				t.Errorf("%+v is not %+v", built, first)
			}
			if builds() != 1 || all() != 3 { // env, list, build
				t.Fatalf("process %d: %d builds, %d calls of the go command", i, builds(), all())
			}
		}
	}
	info, err := os.Stat(first.Path)
	check(t, err)
	if info.Size() != first.Size || !strings.Contains(first.Path, first.Hash) {
		t.Errorf("%+v is %d bytes", first, info.Size())
	}
}

// G18: what was written in the same moment, and has the same size and time as before, is
// noticed too.
func TestChangedInputsAreNoticed(t *testing.T) {
	dir := module(t, far+words)
	path := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	c := open(t)
	request := &gobuild.Request{Package: "./far", Dir: dir}
	says := func(text string) {
		t.Helper()
		if got := strings.Join(strings.Fields(run(t, build(t, c, request))), ""); got != "string:"+text {
			t.Errorf("it says %q, not %q", got, text)
		}
	}
	says("oneword")
	for _, step := range []struct {
		name, want string
		change     func()
	}{
		{"the package itself, of the same size and time", "twoword", func() {
			info, err := os.Stat(path("far/far.go"))
			check(t, err)
			text, err := os.ReadFile(path("far/far.go"))
			check(t, err)
			write(t, dir, "far/far.go", strings.Replace(string(text), "one", "two", 1))
			check(t, os.Chtimes(path("far/far.go"), info.ModTime(), info.ModTime()))
		}},
		{"what it imports", "twowordmore", func() { write(t, dir, "words/more.go", "package words\n\nvar More = `more`\n") }},
		{"a new file", "twowordnew", func() {
			write(t, dir, "far/new.go", "package far\n\nimport \"example.com/m/words\"\n\nfunc init() { words.More = `new` }\n")
		}},
		{"a file gone", "twowordmore", func() { check(t, os.Remove(path("far/new.go"))) }},
		{"a file that was left out", "twowordother", func() {
			write(t, dir, "words/other.go", "package words\n\nfunc init() { More = `other` }\n")
		}},
		{"an embedded file", "twoWORDother", func() { write(t, dir, "words/text/a/1", "WORD") }},
		{"a new embedded file", "twoWORDSother", func() { write(t, dir, "words/text/a/2", "S") }},
		{"farside", "string:twoWORDSother", func() {
			text, err := os.ReadFile(path("farside/worker/worker.go"))
			check(t, err)
			write(t, dir, "farside/worker/worker.go", strings.Replace(string(text), `"%T:%v "`, `"%T:%[1]T:%v "`, 1))
		}},
		{"another module", "string:twoother module", func() {
			writeAll(t, dir, "\n-- words/go.mod --\nmodule example.com/m/words\n\ngo 1.26.0\n"+
				"-- away/go.mod --\nmodule example.com/m/words\n\ngo 1.26.0\n-- away/words.go --\npackage words\n\nfunc Word() string { return `other module` }")
			mod, err := os.ReadFile(path("go.mod"))
			check(t, err)
			write(t, dir, "go.mod", string(mod)+"\nrequire example.com/m/words v0.0.0\n\nreplace example.com/m/words => ./away\n")
		}},
		{"another go.mod", "string:twoWORDSother", func() {
			mod, err := os.ReadFile(path("go.mod"))
			check(t, err)
			before, _, _ := strings.Cut(string(mod), "\nrequire example.com/m/words")
			write(t, dir, "alt.mod", before+"\nrequire example.com/m/words v0.0.0\n\nreplace example.com/m/words => ./words\n")
			t.Setenv("GOFLAGS", "-modfile=alt.mod")
		}},
		{"that go.mod", "string:twoother module", func() {
			mod, err := os.ReadFile(path("alt.mod"))
			check(t, err)
			write(t, dir, "alt.mod", strings.Replace(string(mod), "./words", "./away", 1))
		}},
		{"the first again", "string:twoother module", func() { t.Setenv("GOFLAGS", "") }},
		{"a workspace", "string:twoWORDSother", func() {
			write(t, filepath.Dir(dir), "go.work", "go 1.26.0\n\nuse (\n\t\"./a folder\"\n\t\"./a folder/words\"\n)\n")
		}},
	} {
		step.change()
		t.Log(step.name)
		says(strings.ReplaceAll(step.want, " ", ""))
	}
}

// What a branch came to is not compiled again when it is checked out again.
func TestContentThatComesBackIsNotCompiledAgain(t *testing.T) {
	builds, _ := counted(t)
	dir := module(t, "\n-- far/far.go --\npackage far\n\nimport \"context\"\n\nfunc Far(ctx context.Context) {}")
	c, request := open(t), &gobuild.Request{Package: "./far", Dir: dir}
	first := build(t, c, request)
	text, err := os.ReadFile(filepath.Join(dir, "far", "far.go"))
	check(t, err)
	write(t, dir, "far/far.go", string(text)+"\nfunc init() { println() }\n")
	if second := build(t, c, request); second.Hash == first.Hash || builds() != 2 {
		t.Errorf("the change is not seen: %d builds", builds())
	}
	write(t, dir, "far/far.go", string(text))
	if again := build(t, c, request); again.Hash != first.Hash || builds() != 2 {
		t.Errorf("it is %v, after %d builds", again.Hash == first.Hash, builds())
	}
	later := time.Now().Add(time.Hour)
	check(t, os.Chtimes(filepath.Join(dir, "far", "far.go"), later, later))
	if again := build(t, c, request); again.Hash != first.Hash || builds() != 2 {
		t.Errorf("touched, it is %v, after %d builds", again.Hash == first.Hash, builds())
	}
}

// Whatever a request says makes it another one.
func TestRequestsThatDifferAreNotOne(t *testing.T) {
	dir := module(t, "\n-- far/far.go --\npackage far\n\nimport \"context\"\n\nvar tagged = `-`\n\nfunc Far(ctx context.Context) string { return `far` + tagged }\nfunc Other(ctx context.Context) string { return `other` + tagged }"+
		"\n-- far/tagged.go --\n//go:build tagged\n\npackage far\n\nfunc init() { tagged = `tagged` }")
	far := gobuild.Request{Package: "./far", Func: "Far", Dir: dir}
	want(t, "string:far-", &far)
	other := far
	other.Func = "Other"
	want(t, "string:other-", &other)
	tagged := far
	tagged.Tags = []string{"unknown", "tagged"}
	want(t, "string:fartagged", &tagged)
	t.Setenv("GOFLAGS", "-tags=tagged")
	want(t, "string:fartagged", &far)
}

// G18
func TestIdenticalBuildsAtOnceRunOnce(t *testing.T) {
	builds, all := counted(t)
	dir := module(t, far+words)
	cache := filepath.Join(t.TempDir(), "builds")
	var group sync.WaitGroup
	hashes := make([]string, 8)
	for i := range 2 {
		group.Go(func() { hashes[i] = output(t, anotherBuild(cache, dir)) })
	}
	for i := 2; i < len(hashes); i += 2 {
		c, err := gobuild.Open(cache)
		check(t, err)
		for _, i := range []int{i, i + 1} {
			group.Go(func() {
				built, err := c.Build(t.Context(), &gobuild.Request{Package: "./far", Dir: dir})
				if err != nil {
					t.Error(err)
					return
				}
				hashes[i] = built.Hash
			})
		}
	}
	group.Wait()
	if one := slices.Compact(slices.Clone(hashes)); len(one) != 1 || one[0] == "" {
		t.Errorf("they come to %q", hashes)
	}
	if builds() != 1 || all() != 3 {
		t.Errorf("%d builds, %d calls of the go command", builds(), all())
	}
}

func output(t *testing.T, cmd *exec.Cmd) string {
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("another process: %v", err)
	}
	return string(out)
}

func TestDamagedEntriesAreBuiltAgain(t *testing.T) {
	dir := module(t, "\n-- far/far.go --\npackage far\n\nimport \"context\"\n\nfunc Far(ctx context.Context) string { return `whole` }")
	cache := filepath.Join(t.TempDir(), "builds")
	request := &gobuild.Request{Package: "./far", Dir: dir}
	c, err := gobuild.Open(cache)
	check(t, err)
	damage := func(pattern string, harm func(path string, data []byte) error) {
		t.Helper()
		built := build(t, c, request)
		paths, err := filepath.Glob(filepath.Join(cache, strings.ReplaceAll(pattern, "HASH", built.Hash)))
		if err != nil || len(paths) == 0 {
			t.Fatalf("there is no %s: %v", pattern, err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			check(t, err)
			check(t, harm(path, data))
		}
		for range 2 {
			if got := run(t, build(t, c, request)); got != "string:whole" {
				t.Errorf("%s: it says %q", pattern, got)
			}
			c, err = gobuild.Open(cache)
			check(t, err)
		}
	}
	cut := func(path string, data []byte) error { return os.Truncate(path, int64(len(data)/2)) }
	garbage := func(path string, data []byte) error {
		data[len(data)/2] ^= 1
		return os.WriteFile(path, data, 0o700)
	}
	empty := func(path string, _ []byte) error { return os.Truncate(path, 0) }
	for _, harm := range []func(string, []byte) error{cut, garbage, empty, func(path string, _ []byte) error { return os.Remove(path) }} {
		damage("HASH", harm)
	}
	for _, harm := range []func(string, []byte) error{cut, empty} {
		damage("*.request", harm)
		damage("*.content", harm)
	}
	check(t, os.RemoveAll(cache)) // users empty their caches
	if got := run(t, build(t, c, request)); got != "string:whole" {
		t.Errorf("without its folder it says %q", got)
	}
}

// A process that reads inputs because their stamps were young leaves what it found to the
// next. This package's own file is old enough.
func TestBetterStampsAreKept(t *testing.T) {
	cache := filepath.Join(t.TempDir(), "builds")
	request := &gobuild.Request{Source: "func main() {}", Dir: module(t, "")}
	c, err := gobuild.Open(cache)
	check(t, err)
	build(t, c, request)
	paths, err := filepath.Glob(filepath.Join(cache, "*.request"))
	check(t, err)
	data, err := os.ReadFile(paths[0])
	check(t, err)
	program, rest, _ := strings.Cut(string(data), "\n")
	set := inputs.New()
	check(t, json.Unmarshal([]byte(rest), set))
	old, err := filepath.Abs("doc.go")
	check(t, err)
	check(t, set.AddFile(old))
	set.Files[old].Settled = false
	changed, err := json.Marshal(set)
	check(t, err)
	check(t, os.WriteFile(paths[0], []byte(program+"\n"+string(changed)), 0o600))
	c, err = gobuild.Open(cache)
	check(t, err)
	build(t, c, request)
	data, err = os.ReadFile(paths[0])
	check(t, err)
	_, rest, _ = strings.Cut(string(data), "\n")
	set = inputs.New()
	check(t, json.Unmarshal([]byte(rest), set))
	if entry := set.Files[old]; entry == nil || !entry.Settled {
		t.Errorf("what is kept is %+v", entry)
	}
}

// Of a record that was cut off it is not known what is missing.
func TestRecordThatWasCutOffIsNone(t *testing.T) {
	dir := module(t, "\n-- far/far.go --\npackage far\n\nimport \"context\"\n\nfunc Far(ctx context.Context) string { return `one` }")
	cache := filepath.Join(t.TempDir(), "builds")
	request := &gobuild.Request{Package: "./far", Dir: dir}
	for _, part := range []int64{4, 3, 2} {
		write(t, dir, "far/far.go", "package far\n\nimport \"context\"\n\nfunc Far(ctx context.Context) string { return `one` }")
		c, err := gobuild.Open(cache)
		check(t, err)
		build(t, c, request)
		paths, err := filepath.Glob(filepath.Join(cache, "*.request"))
		check(t, err)
		for _, path := range paths {
			info, err := os.Stat(path)
			check(t, err)
			check(t, os.Truncate(path, info.Size()-info.Size()/part))
		}
		write(t, dir, "far/far.go", "package far\n\nimport \"context\"\n\nfunc Far(ctx context.Context) string { return `two` }")
		c, err = gobuild.Open(cache)
		check(t, err)
		if got := run(t, build(t, c, request)); got != "string:two" {
			t.Errorf("it says %q", got)
		}
	}
}

func TestOthersFolderIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "builds")
	check(t, os.Mkdir(dir, 0o700))
	check(t, os.Chmod(dir, 0o777))
	_, err := gobuild.Open(dir)
	wantError(t, err, "others may write to "+dir)
	check(t, os.Remove(dir))
	check(t, os.Symlink(t.TempDir(), dir))
	_, err = gobuild.Open(dir)
	wantError(t, err, dir+" is a symbolic link")
	check(t, os.Remove(dir))
	if os.Geteuid() == 0 {
		check(t, os.Mkdir(dir, 0o700))
		check(t, os.Chown(dir, 12345, 12345))
		_, err = gobuild.Open(dir)
		wantError(t, err, dir+" belongs to another user", "name a folder of your own")
	}
}

func TestListAndRemove(t *testing.T) {
	dir := module(t, "\n-- far/far.go --\npackage far\n\nimport \"context\"\n\nfunc Far(ctx context.Context) {}")
	c, request := open(t), &gobuild.Request{Package: "./far", Dir: dir}
	first := build(t, c, request)
	second := build(t, c, &gobuild.Request{Source: "func main() {}", Name: "main.go", Dir: dir})
	build(t, c, request)
	list, err := c.List()
	check(t, err)
	if len(list) != 2 || list[0].What != "main.go" || list[0].Hash != second.Hash || !list[0].Main ||
		list[1].What != "./far" || list[1].Size != first.Size || list[1].Dir != dir || list[1].Main || list[1].Used.Before(list[0].Used) {
		t.Errorf("there are %+v", list)
	}
	old := list[1]
	build(t, c, request)
	if c.Remove(old) {
		t.Error("what was used meanwhile is removed")
	}
	if !c.Remove(list[0]) {
		t.Error("it is not removed")
	}
	if list, err = c.List(); err != nil || len(list) != 1 {
		t.Errorf("there are %+v, %v", list, err)
	}
	build(t, c, &gobuild.Request{Source: "func main() {}", Name: "main.go", Dir: dir})
}

// What is known of programs that are gone goes as well.
func TestRecordsOfRemovedProgramsGo(t *testing.T) {
	dir := module(t, "")
	cache := filepath.Join(t.TempDir(), "builds")
	c, err := gobuild.Open(cache)
	check(t, err)
	build(t, c, &gobuild.Request{Source: "func main() {}", Dir: dir})
	list, err := c.List()
	check(t, err)
	for _, e := range list {
		c.Remove(e)
	}
	list, err = c.List()
	if err != nil || len(list) > 0 {
		t.Errorf("there are %v, %v", list, err)
	}
	for _, pattern := range []string{"*.request", "*.content", "make-*"} {
		if left, _ := filepath.Glob(filepath.Join(cache, pattern)); len(left) > 0 {
			t.Errorf("%v is left", left)
		}
	}
}

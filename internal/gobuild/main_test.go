package gobuild_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/gobuild"
)

// What the go command goes by here is what the tests say.
func TestMain(m *testing.M) {
	for name, value := range map[string]string{
		"GOFLAGS": "", "GOWORK": "", "GO111MODULE": "", "GOENV": "off", "GOTOOLCHAIN": "local", "GOPROXY": "off", "GOSUMDB": "off", "CGO_ENABLED": "",
	} {
		os.Setenv(name, value)
	}
	if os.Getenv(another) != "" {
		anotherProcess()
		return
	}
	if cache, err := exec.Command("go", "env", "GOCACHE").Output(); err == nil {
		os.Setenv("GOCACHE", strings.TrimSpace(string(cache))) // Main gives the process another cache folder
	}
	farsidetest.Main(m)
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	check(t, os.MkdirAll(filepath.Dir(path), 0o700))
	check(t, os.WriteFile(path, []byte(text), 0o600))
}

// writeAll writes the files of an archive: lines `-- NAME --`, each before its text.
func writeAll(t testing.TB, dir, archive string) string {
	t.Helper()
	for _, part := range strings.Split(archive, "\n-- ")[1:] {
		name, text, _ := strings.Cut(part, " --\n")
		write(t, dir, name, text+"\n")
	}
	return dir
}

// farside is a module that has the name of ours, and of what a built program needs the
// least: what runs a function says which, and what it gave.
const farside = `
-- farside/go.mod --
module github.com/farside-go/farside

go 1.26.0
-- farside/channel/channel.go --
package channel

import "errors"

var ErrLost = errors.New("lost")

type Channel struct{}

func (*Channel) Done() bool { return true }
-- farside/worker/worker.go --
package worker

import (
	"context"
	"fmt"
	"os"
	"reflect"

	"github.com/farside-go/farside/channel"
)

// Run calls f with the arguments of the command line.
func Run(f any) {
	v := reflect.ValueOf(f)
	in := []reflect.Value{reflect.ValueOf(context.Background())}
	if v.Type().NumIn() > 1 && v.Type().In(1) == reflect.TypeFor[*channel.Channel]() {
		in = append(in, reflect.ValueOf(&channel.Channel{}))
	}
	for _, arg := range os.Args[1:] {
		in = append(in, reflect.ValueOf(arg))
	}
	for _, out := range v.Call(in) {
		fmt.Printf("%T:%v ", out.Interface(), out)
	}
}`

// module makes a module that requires farside, with more files, in a folder whose name
// needs care.
func module(t testing.TB, archive string) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "a folder")
	return writeAll(t, dir, farside+`
-- go.mod --
module example.com/m

go 1.26.0

require github.com/farside-go/farside v0.0.0

replace github.com/farside-go/farside => ./farside`+archive)
}

func open(t testing.TB) *gobuild.Cache {
	t.Helper()
	c, err := gobuild.Open(filepath.Join(t.TempDir(), "builds"))
	check(t, err)
	return c
}

func build(t testing.TB, c *gobuild.Cache, r *gobuild.Request) *gobuild.Built {
	t.Helper()
	built, err := c.Build(t.Context(), r)
	check(t, err)
	return built
}

// run runs what was built.
func run(t testing.TB, built *gobuild.Built, args ...string) string {
	t.Helper()
	out, err := exec.Command(built.Path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return strings.TrimSpace(string(out))
}

// want builds and runs.
func want(t testing.TB, text string, r *gobuild.Request, args ...string) *gobuild.Built {
	t.Helper()
	built := build(t, shared(t), r)
	if got := run(t, built, args...); got != text {
		t.Errorf("it says %q, not %q", got, text)
	}
	return built
}

// shared is a cache that several tests use.
func shared(t testing.TB) *gobuild.Cache {
	t.Helper()
	cache, err := gobuild.Open("")
	check(t, err)
	return cache
}

var virtual = regexp.MustCompile(`farside-[0-9a-f]{12}`)

// refused gives the error of a build that must fail.
func refused(t testing.TB, kind error, r *gobuild.Request, parts ...string) *gobuild.Error {
	t.Helper()
	built, err := shared(t).Build(t.Context(), r)
	if err == nil {
		t.Fatalf("it was built: %+v", built)
	}
	if kind != nil && !errors.Is(err, kind) {
		t.Errorf("%v is not %v", err, kind)
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %v, which should say %q", err, part)
		}
	}
	for _, part := range []string{"overlay", "make-", "farside_main", "farside-main", "farside_text", os.TempDir() + "/farside-test-"} {
		if strings.Contains(err.Error(), part) {
			t.Errorf("the error is %v, which should not say %q", err, part)
		}
	}
	if virtual.MatchString(err.Error()) {
		t.Errorf("the error is %v, which names a folder that is not there", err)
	}
	failed, _ := errors.AsType[*gobuild.Error](err)
	return failed
}

func wantError(t testing.TB, err error, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("the error is %v, which should say %q", err, part)
		}
	}
}

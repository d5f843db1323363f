package gotool_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/gotool"
)

func tool(t *testing.T) *gotool.Tool {
	t.Helper()
	path, err := gotool.Find()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module m\n\ngo 1.26.0\n", "a.go": "package a\n\nimport _ \"m/nowhere\"\n", "a_test.go": "package a\n", "a_plan9.s": "",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return &gotool.Tool{Path: path, Dir: dir, Env: []string{"GOOS=linux", "GOFLAGS=", "GOWORK=off"}}
}

func TestWhatIsWrongWithAPackageIsTold(t *testing.T) {
	list, err := tool(t).List(t.Context(), "-deps", ".")
	if err != nil || len(list) != 2 {
		t.Fatalf("%v, %v", list, err)
	}
	if wrong := list[0]; wrong.ImportPath != "m/nowhere" || wrong.Error == nil || !wrong.DepOnly {
		t.Errorf("it tells %+v", wrong)
	}
	root := list[1]
	if names := strings.Join(root.Files(), " "); root.Error != nil || root.DepOnly ||
		names != filepath.Join(root.Dir, "a.go")+" "+filepath.Join(root.Dir, "a_plan9.s") {
		t.Errorf("it tells %+v, of %s", root, names)
	}
}

func TestEnvironment(t *testing.T) {
	here := tool(t)
	env, err := here.Environment(t.Context())
	if err != nil || env.GOMOD != filepath.Join(here.Dir, "go.mod") || env.GOWORK != "off" || !strings.HasPrefix(env.GOVERSION, "go") {
		t.Errorf("%+v, %v", env, err)
	}
}

func TestWhatItSaysIsTheError(t *testing.T) {
	_, err := tool(t).Run(t.Context(), "build", "./nowhere")
	exit, ok := errors.AsType[*gotool.ExitError](err)
	if !ok || !strings.Contains(exit.Text, "nowhere") || strings.HasSuffix(exit.Text, "\n") {
		t.Errorf("%v", err)
	}
	why := errors.New("enough")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	if _, err := tool(t).Run(ctx, "version"); !errors.Is(err, why) {
		t.Errorf("after the end of its ctx: %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := gotool.Find(); !errors.Is(err, gotool.ErrMissing) {
		t.Errorf("where there is none: %v", err)
	}
}

package interp_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/interp"
)

// The module in testdata/embed prints what it embeds and what compiled code makes of
// it. It does the same compiled and interpreted.
func TestEmbeddedFilesAreThoseOfTheCompiler(t *testing.T) {
	toolchain, err := exec.LookPath("go")
	if err != nil {
		t.Skipf("NOT COMPARED with the compiled program: %v", err)
	}
	module := t.TempDir()
	files := os.DirFS(filepath.Join("testdata", "embed"))
	if err := os.CopyFS(module, files); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(module, "go.mod"), "module example.com/embed\n\ngo 1.26\n")
	cmd := exec.CommandContext(t.Context(), toolchain, "run", "./cmd")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local", "CGO_ENABLED=0")
	want, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, want)
	}
	main := readText(t, filepath.Join("testdata", "embed", "cmd", "main.go"))
	t.Run("direct", func(t *testing.T) {
		r := newRunner(t, nil)
		if err := r.in.Import("example.com/embed", os.DirFS(module)); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time it was compiled before
			r.want(nil, main)
			r.wantOutput(string(want), "")
		}
	})
	t.Run("through a gateway", func(t *testing.T) {
		gw, err := gateway.Open(t.Context(), "popen", nil)
		if err != nil {
			t.Fatal(err)
		}
		defer gw.Close()
		if err := gw.Import(t.Context(), "example.com/embed", os.DirFS(module)); err != nil {
			t.Fatal(err)
		}
		var got output
		program := gateway.Source(main)
		program.Stdout = &got
		if _, err := gateway.Call[any](t.Context(), gw, program); err != nil {
			t.Error(err)
		}
		if got := got.take(); got != string(want) {
			t.Errorf("got\n%s\nwant\n%s", got, want)
		}
	})
}

func TestEmbeddedFilesInASession(t *testing.T) {
	r := newRunner(t, nil)
	if err := r.in.Import("example.com/x", tree(map[string]string{
		"x.go": "package x\n\nimport _ \"embed\"\n\n//go:embed a.txt\nvar Text string\n", "a.txt": "text"})); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got, err := r.line("import `example.com/x`\nx.Text"); err != nil || got.(interp.Value).Text != `"text"` {
			t.Errorf("got %v, %v", got, err)
		}
	}
}

func TestWhatCannotBeEmbeddedIsRefusedWhereItStands(t *testing.T) {
	const head = "package x\n\nimport \"embed\"\n\nvar _ embed.FS\n\n"
	for _, test := range []struct{ text, want string }{
		{head + "//go:embed a.txt nosuch \"[\"\nvar f embed.FS\n",
			"example.com/x/x.go:7:18: pattern nosuch: no matching files found\nexample.com/x/x.go:7:25: pattern [: invalid pattern syntax"},
		{head + "//go:embed *.txt\nvar s string\n", "example.com/x/x.go:8:5: invalid go:embed: multiple files for type string"},
		{head + "//go:embed *.txt\nvar s []byte\n", "example.com/x/x.go:8:5: invalid go:embed: multiple files for type []byte"},
		{head + "//go:embed link\nvar s string\n", "example.com/x/x.go:7:12: pattern link: cannot embed irregular file link"},
		{head + "func f() {\n\t//go:embed a.txt\n\tvar s string\n\t_ = s\n}\n", "example.com/x/x.go:8:4: go:embed cannot apply to var inside func"},
		{"package x\n\n//go:embed a.txt\nvar s string\n",
			`example.com/x/x.go:3:3: go:embed requires import "embed" (or import _ "embed", if package is not used)`},
	} {
		r := newRunner(t, nil)
		files := tree(map[string]string{"x.go": test.text, "a.txt": "", "b.txt": ""}).(fstest.MapFS)
		files["link"] = &fstest.MapFile{Mode: fs.ModeIrregular}
		if err := r.in.Import("example.com/x", files); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if fault := r.fault("compile", "import _ `example.com/x`"); fault.Text != test.want {
				t.Errorf("%s\ngot\n%s\nwant\n%s", test.text, fault.Text, test.want)
			}
		}
	}
	r := newRunner(t, nil)
	r.contains(r.fault("compile", "package main\n\nimport _ \"embed\"\n\n//go:embed a.txt\nvar s string\n\nfunc main() {}\n").Text,
		"user.go:5:1: //go:embed a.txt: the source came without files; Import the tree that has them, or build the program")
}

// A link reaches the far side as something that is there and cannot be embedded.
func TestLinkIsNoFileOnTheFarSide(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "x.go"), "package x\n\nimport _ \"embed\"\n\n//go:embed link.go\nvar s string\n")
	if err := os.Symlink("x.go", filepath.Join(dir, "link.go")); err != nil {
		t.Skip(err)
	}
	gw, err := gateway.Open(context.Background(), "popen", &gateway.Options{Stdout: io.Discard, Stderr: io.Discard})
	if err != nil {
		t.Fatal(err)
	}
	defer gw.Close()
	if err := gw.Import(t.Context(), "example.com/x", os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	_, err = gateway.Call[any](t.Context(), gw, gateway.Source("import _ `example.com/x`"))
	if err == nil || !strings.Contains(fmt.Sprint(err), "example.com/x/x.go:5:12: pattern link.go: cannot embed irregular file link.go") {
		t.Errorf("got %v", err)
	}
}

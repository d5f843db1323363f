package interp_test

import (
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"testing"
	"testing/fstest"

	"github.com/farside-go/farside/channel"
)

// tree makes a tree of texts.
func tree(files map[string]string) fs.FS {
	t := make(fstest.MapFS)
	for name, text := range files {
		t[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return t
}

func TestImportedPackages(t *testing.T) {
	r := newRunner(t, nil)
	err := r.in.Import("example.com/m", tree(map[string]string{
		"m.go":              "package m\n\nimport \"example.com/m/sub\"\n\nconst C = 1\n\nvar V = other.F() + 1\n\nfunc F() int { return helper() }\n",
		"helper.go":         "package m\n\nimport (\n\t\"fmt\"\n\tstr \"strings\"\n)\n\nfunc helper() int { return len(fmt.Sprint(str.Repeat(\"x\", 3))) }\n",
		"other.go":          "package m\n\nimport str \"strconv\"\n\nfunc Itoa(n int) string { return str.Itoa(n) }\n",
		"m_test.go":         "package m\n\nthis is no Go",
		"m_plan9.go":        "package m\n\nfunc F() string { return \"plan9\" }\n",
		"tagged.go":         "//go:build never\n\npackage m\n\nfunc F() {}\n",
		"go126.go":          "//go:build go1.26 && " + runtime.GOOS + "\n\npackage m\n\nfunc New() int { return 126 }\n",
		"sub/sub.go":        "// Package other has another name than its folder.\npackage other\n\ntype T struct{ A int }\n\nfunc (t T) Double() int { return 2 * t.A }\n\nfunc F() int { return T{20}.Double() }\n",
		"testdata/x.go":     "no Go at all",
		".hidden/x.go":      "no Go at all",
		"_ignored/x.go":     "no Go at all",
		"README.md":         "# nothing",
		"deep/er/pkg/p.go":  "package pkg\n\nimport \"os\"\n\nfunc Print() { os.Stdout.WriteString(\"from pkg\\n\") }\n",
		"deep/er/cmd/go.go": "package main\n\nfunc main() {}\n",
	}))
	if err != nil {
		t.Fatal(err)
	}
	for source, want := range map[string]any{
		"import `example.com/m`\nreturn m.F() + m.C + m.V + m.New()":                          3 + 1 + 41 + 126,
		"import x `example.com/m`\nreturn x.Itoa(5)":                                          "5",
		"import . `example.com/m`\nreturn F()":                                                3,
		"import `example.com/m/sub`\nreturn other.T{4}.Double()":                              8,
		"import `example.com/m/deep/er/pkg`\npkg.Print()":                                     nil,
		"package p\nimport `example.com/m`\nfunc F(ctx context.Context) int { return m.F() }": 3,
	} {
		r.want(want, source)
	}
	r.wantOutput("from pkg\n", "")
}

func TestImportReplacesAnEarlierOne(t *testing.T) {
	r := newRunner(t, nil)
	const source = "import `example.com/p`\nreturn p.F()"
	for i := range 3 {
		text := fmt.Sprintf("package p\nfunc F() int { return %d }", i)
		files := map[string]string{"p.go": text}
		if i == 0 {
			files["sub/s.go"] = "package sub"
		}
		if err := r.in.Import("example.com/p", tree(files)); err != nil {
			t.Fatal(err)
		}
		r.want(i, source)
	}
	r.contains(r.fault("compile", "import _ `example.com/p/sub`").Text, "neither in the standard library")
}

// These are in the standard library, but linking them does something to the
// program that links us.
func TestPackageWithoutSymbolsIsRefused(t *testing.T) {
	r := newRunner(t, nil)
	const want = "package \"expvar\" cannot be used in interpreted source; build the program instead"
	fault := r.fault("compile", "import `expvar`\nexpvar.NewInt(`n`)")
	r.contains(fault.Text, want)
	r.wantAt(fault, "user.go", 1, 8)
	err := r.in.Import("example.com/p", tree(map[string]string{"p.go": "package p\nimport `expvar`\nvar V = expvar.NewInt(`n`)"}))
	if err != nil {
		t.Fatal(err)
	}
	r.contains(r.fault("compile", "import `example.com/p`\nreturn p.V").Text, "example.com/p/p.go:2:8", want)
}

// A program keeps the packages that it started with.
func TestRunningProgramKeepsItsImports(t *testing.T) {
	started, release := make(chan bool), make(chan bool)
	r := newRunner(t, map[string]any{"Wait": func() { started <- true; <-release }})
	imported := func(n int) {
		t.Helper()
		err := r.in.Import("example.com/p", tree(map[string]string{"p.go": fmt.Sprintf("package p\nvar V = %d", n)}))
		if err != nil {
			t.Fatal(err)
		}
	}
	imported(1)
	result := make(chan any)
	go func() {
		got, _ := r.run("import (`example.com/p`; `example.com/test`)\ntest.Wait()\nreturn p.V")
		result <- got
	}()
	<-started
	imported(2)
	close(release)
	if got := <-result; got != 1 {
		t.Errorf("got %v, want 1", got)
	}
	r.want(2, "import `example.com/p`\nreturn p.V")
}

func TestBadImports(t *testing.T) {
	in := engine(t, nil)
	good := tree(map[string]string{"p.go": "package p"})
	for _, path := range []string{
		"", ".", "/abs", "a/../b", "../up", "a//b", "a/", "fmt", "encoding/json", "main", "C", "unsafe", "a b", "a\\b", "a\"b",
		"github.com/farside-go/farside/channel",
	} {
		if err := in.Import(path, good); err == nil {
			t.Errorf("Import(%q) succeeded", path)
		}
	}
	for name, files := range map[string]map[string]string{
		"empty":      {},
		"no Go":      {"README.md": "x"},
		"only tests": {"x_test.go": "package x"},
		"excluded":   {"x.go": "//go:build never\n\npackage x"},
		"two names":  {"a.go": "package a", "b.go": "package b"},
	} {
		if err := in.Import("example.com/x", tree(files)); err == nil {
			t.Errorf("%s: Import succeeded", name)
		}
	}
}

func TestSyntaxErrorsAreReportedAtImport(t *testing.T) {
	in := engine(t, nil)
	err := in.Import("example.com/x", tree(map[string]string{"sub/a.go": "package sub\n\nfunc F() {\n\tx := := 1\n}\n"}))
	var fault *channel.Fault
	if !errors.As(err, &fault) {
		t.Fatalf("%v is no Fault", err)
	}
	if fault.File != "example.com/x/sub/a.go" || fault.Line != 4 || fault.Column != 7 || fault.Name != "compile" {
		t.Errorf("%+v", fault)
	}
}

func TestErrorsInImportedPackagesHaveTheirPositions(t *testing.T) {
	r := newRunner(t, nil)
	err := r.in.Import("example.com/x", tree(map[string]string{
		"a.go": "package x\n\nfunc F() int {\n\treturn oops\n}\n", "cycle/a/a.go": "package a\nimport _ \"example.com/x/cycle/b\"",
		"cycle/b/b.go": "package b\nimport _ \"example.com/x/cycle/a\"", "needs/n.go": "package needs\nimport _ \"no/such\"",
	}))
	if err != nil {
		t.Fatal(err)
	}
	r.wantAt(r.fault("compile", "import `example.com/x`\nx.F()"), "example.com/x/a.go", 4, 9)
	r.contains(r.fault("compile", "import _ `example.com/x/cycle/a`").Text,
		"import cycle not allowed", "example.com/x/cycle/a imports example.com/x/cycle/b imports example.com/x/cycle/a")
	r.contains(r.fault("compile", "import _ `example.com/x/needs`").Text, "example.com/x/needs/n.go:2:10: package \"no/such\" is neither in")
}

func TestUnreadableTree(t *testing.T) {
	in := engine(t, nil)
	if err := in.Import("example.com/x", failingFS{}); !errors.Is(err, fs.ErrPermission) {
		t.Error(err)
	}
}

type failingFS struct{}

func (failingFS) Open(name string) (fs.File, error) { return nil, fs.ErrPermission }

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/interp"
	"github.com/farside-go/farside/interp/internal/bothways"
)

func TestMain(m *testing.M) {
	interp.Main()
	farsidetest.Main(m)
}

// suite has one program for everything that the harness must tell apart.
var suite = map[string]string{
	"same.go":          "// run\n\n// A comment.\n\npackage main\n\nfunc main() { println(`same`) }\n",
	"sub/panics.go":    "// run\n\npackage main\n\nfunc main() { panic(`same`) }\n",
	"sub/args.go":      "// run one two\n\npackage main\n\nimport \"os\"\n\nfunc main() { println(len(os.Args), os.Args[2]) }\n",
	"sub/refused.go":   "// run\n\npackage main\n\nimport _ \"expvar\"\n\nfunc main() {}\n",
	"sub/different.go": "// run\n\npackage main\n\nimport \"os\"\n\nfunc main() { println(os.Args[0]) }\n", // the one thing that is never the same
	"sub/unsafe.go":    "// run\n\npackage main\n\nimport \"unsafe\"\n\nfunc main() { println(unsafe.Sizeof(1)) }\n",
	"sub/flags.go":     "// run -gcflags=-l=4\n\npackage main\n\nfunc main() {}\n",
	"sub/tagged.go":    "//go:build never\n\n// run\n\npackage main\n\nfunc main() {}\n",
	"sub/builds.go":    "// run\n\npackage main\n\nimport _ \"os/exec\"\n\nfunc main() { println(\"go\") }\n",
	"sub/inside.go":    "// run\n\npackage main\n\nimport _ \"internal/abi\"\n\nfunc main() {}\n",
	"sub/links.go":     "// run\n\npackage main\n\nimport _ \"unsafe\"\n\n//go:linkname x y\nfunc main() {}\n",
	"sub/broken.go":    "// run\n\npackage main\n\nfunc main() { undefined() }\n",
	"sub/module.go":    "// runindir\n\npackage ignored\n",
	"sub/prints.go":    "// runoutput\n\npackage main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(`package main; import \"os\"; func main() { println(os.Args[0]) }`) }\n",
	"sub/printsu.go":   "// runoutput\n\npackage main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(`package main; import _ \"unsafe\"; func main() {}`) }\n",
	"sub/compiled.go":  "// compile\n\npackage p\n",
	"sub/errors.go":    "// errorcheck\n\npackage p\n\nvar x = y // ERROR \"undefined\"\n",

	"dirs/two.go":          "// rundir\n\npackage ignored\n",
	"dirs/two.dir/a.go":    "package a\n\nfunc A() string { return `imported` }\n",
	"dirs/two.dir/b.go":    "package a\n\nfunc B() string { return A() }\n",
	"dirs/two.dir/main.go": "package main\n\nimport \"./a\"\n\nfunc main() { println(a.B()) }\n",
	"dirs/asm.go":          "// rundir\n\npackage ignored\n",
	"dirs/asm.dir/main.go": "package main\n\nfunc main() {}\n",
	"dirs/asm.dir/main.s":  "",
	"dirs/mains.go":        "// rundir\n\npackage ignored\n",
	"dirs/mains.dir/a.go":  "package main\n\nfunc main() {}\n",
	"dirs/mains.dir/b.go":  "package main\n",
}

// come is what the programs must come to, with a word of the reason.
var come = map[string]struct {
	verdict bothways.Verdict
	why     string
}{
	"same.go":          {bothways.Same, ""},
	"sub/panics.go":    {bothways.Same, ""},
	"sub/args.go":      {bothways.Same, ""},
	"dirs/two.go":      {bothways.Same, ""},
	"sub/refused.go":   {bothways.Refused, "expvar"},
	"sub/different.go": {bothways.Different, "stderr line 1: compiled "},
	"sub/unsafe.go":    {isUnsafe, ""},
	"sub/flags.go":     {isOutside, "-gcflags=-l=4"},
	"sub/tagged.go":    {isOutside, "//go:build never"},
	"sub/builds.go":    {isOutside, "runs the toolchain"},
	"sub/inside.go":    {isOutside, "internal/abi"},
	"sub/links.go":     {isOutside, "links to names"},
	"sub/broken.go":    {isOutside, "does not compile: broken.go:5:15: undefined"},
	"sub/module.go":    {isOutside, "runindir"},
	"sub/printsu.go":   {isUnsafe, ""},
	"sub/prints.go":    {bothways.Different, "stderr line 1: compiled "},
	"dirs/asm.go":      {isOutside, "assembly"},
	"dirs/mains.go":    {isOutside, "main of one file"},
}

func writeSuite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range suite {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// fidelity runs the command on the suite and gives what it printed.
func fidelity(t *testing.T, args ...string) (*report, string) {
	t.Helper()
	var out bytes.Buffer
	r, err := command(t.Context(), append([]string{"-test", writeSuite(t), "-cache", ""}, args...), &out)
	if err != nil {
		t.Fatal(err)
	}
	return r, out.String()
}

func TestEveryKindOfProgramIsToldApart(t *testing.T) {
	_, out := fidelity(t, "-json")
	var r report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Programs) != len(come) {
		t.Errorf("%d programs, want %d", len(r.Programs), len(come))
	}
	for _, p := range r.Programs {
		want := come[p.Name]
		if p.Verdict != want.verdict || !strings.Contains(p.Why, want.why) || want.why == "" && p.Why != "" {
			t.Errorf("%s: %s: %s", p.Name, p.Verdict, p.Why)
		}
	}
}

func TestTableCountsByFolder(t *testing.T) {
	r, out := fidelity(t, "-run", "^same|^sub/(refused|different|unsafe|tagged|args)", "-v")
	if all := r.total(); all != (row{2, 1, 1, 1, 1}) {
		t.Errorf("%+v", all)
	}
	var rows [][]string
	var named []string
	for line := range strings.Lines(out) {
		words := strings.Fields(line)
		switch {
		case len(words) == 8 && words[4] == "%":
			rows = append(rows, words)
		case len(words) > 1 && strings.HasPrefix(words[1], "sub/"):
			named = append(named, words[0]+" "+words[1])
		}
	}
	if want := [][]string{
		{"1", "0", "0", "100.0", "%", "0", "0", "."},
		{"1", "1", "1", "33.3", "%", "1", "1", "sub"},
		{"2", "1", "1", "50.0", "%", "1", "1", "all"},
	}; !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("rows %v in\n%s", rows, out)
	}
	if want := []string{"different sub/different.go:", "refused sub/refused.go:"}; !slices.Equal(named, want) {
		t.Errorf("-v named %v", named)
	}
}

func TestBadCommandLinesAreRefused(t *testing.T) {
	for _, args := range [][]string{{"-j", "0"}, {"file.go"}, {"-run", "("}, {"-test", filepath.Join(t.TempDir(), "none")}} {
		if _, err := command(t.Context(), args, &bytes.Buffer{}); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}

func TestEveryExceptionHasItsReason(t *testing.T) {
	var names []string
	for line := range strings.Lines(exceptionsText) {
		name, why, _ := strings.Cut(strings.TrimSpace(line), " ")
		if name == "#" {
			continue
		}
		if !strings.HasSuffix(name, ".go") || strings.TrimSpace(why) == "" {
			t.Errorf("no name and reason: %q", line)
		}
		names = append(names, name)
	}
	if !slices.IsSorted(names) || len(slices.Compact(names)) != len(exceptions()) {
		t.Errorf("not sorted, or with a name twice: %v", names)
	}
}

package embedded_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/embedded"
)

// files are in the folder of each package of the test.
var files = []string{
	"a.txt", "b.txt", "with space.txt", "größe.txt", "_under.txt", ".hidden",
	"dir/a.txt", "dir/.hidden", "dir/_under", "dir/sub/b.txt", "dir/.hid/c.txt", "dir/_un/d.txt",
	"module/go.mod", "module/a.txt", "deep/a.txt", "deep/module/go.mod", "deep/module/b.txt",
	"hidden/.a", "hidden/_b", "odd/bad'name.txt", "nul.txt", "lpt1/a.txt", "odd2/.bad'", ".git/config", "vcs/.git/config", "vcs/a",
	"con/a/b.txt",
}

var patterns = []string{
	"a.txt", "*.txt", "?.txt", "[ab].txt", "[^a].txt", "dir", "all:dir", "dir/*", "dir/.hidden", "all:dir/*", "*", "with space.txt", "größe.txt",
	"_under.txt", ".hidden", "deep", "deep/*", "deep/module", "deep/module/b.txt", "vcs", "all:vcs", "link", "linked", "linked/a.txt", "withlink",
	"nosuch", "*.nosuch", "all:nosuch", "module", "module/a.txt", "hidden", "all:hidden", "odd", "odd/*", "odd2", "all:odd2", "nul.txt", "lpt1", "lpt1/a.txt", "con/a",
	".git", ".git/config", ".", "..", "../x", "/a.txt", "a//b", "dir/", "[", "[a", "", "all:", "all:.", "a.txt/b", "./a.txt",
}

// The go command is asked about each pattern, in a package of its own.
func TestMatchesWhatTheGoCommandDoes(t *testing.T) {
	toolchain, err := exec.LookPath("go")
	if err != nil || runtime.GOOS == "windows" {
		t.Skipf("NOT COMPARED with the go command: %v, %s", err, runtime.GOOS)
	}
	module := t.TempDir()
	write(t, filepath.Join(module, "go.mod"), "module m\n\ngo 1.26\n")
	for i, pattern := range patterns {
		makePackage(t, filepath.Join(module, fmt.Sprint("p", i)), pattern)
	}
	cmd := exec.CommandContext(t.Context(), toolchain, "list", "-e", "-f", `{{.ImportPath}}={{.EmbedFiles}}{{with .Error}}{{.Err}}{{end}}`, "m/...")
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local", "GODEBUG=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := make(map[string]string)
	for line := range strings.Lines(string(out)) {
		pkg, result, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		want[pkg] = result
	}
	for i, pattern := range patterns {
		list, err := embedded.Match(os.DirFS(filepath.Join(module, fmt.Sprint("p", i))), pattern)
		got := fmt.Sprint(list)
		if err != nil {
			got = fmt.Sprintf("[]pattern %s: %v", pattern, err)
		}
		if want := want[fmt.Sprint("m/p", i)]; got != want {
			t.Errorf("%q:\n%s\nwant\n%s", pattern, got, want)
		}
	}
}

// makePackage makes a folder with all files, links among them, that embeds what a
// pattern stands for.
func makePackage(t *testing.T, dir, pattern string) {
	t.Helper()
	for _, name := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), name)
	}
	write(t, filepath.Join(dir, "withlink", "a.txt"), "")
	for link, to := range map[string]string{"link": "a.txt", "linked": "dir", "withlink/b.txt": "a.txt"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "p.go"), "package p\n\nimport \"embed\"\n\n//go:embed "+fmt.Sprintf("%q", pattern)+"\nvar files embed.FS\n")
}

func write(t *testing.T, file, text string) {
	t.Helper()
	err := os.MkdirAll(filepath.Dir(file), 0o777)
	if err == nil {
		err = os.WriteFile(file, []byte(text), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

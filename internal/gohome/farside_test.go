package gohome

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The farside in a program is that of the program that builds it.
func TestFarsideIsTheOneOfThisProgram(t *testing.T) {
	dir := t.TempDir()
	folder, modcache := filepath.Join(dir, "a folder"), filepath.Join(dir, "mod")
	cached := filepath.Join(modcache, "github.com", "farside-go", "farside@v1.2.3")
	for _, sums := range []string{folder, cached} {
		if err := os.MkdirAll(sums, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(sums, "go.sum"), []byte("sums of "+sums), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ dir, version, require, sums string }{
		{folder, "v1.2.3", "farside => \"" + filepath.ToSlash(folder) + "\"\n", "sums of " + folder},
		{folder, "devel", "farside v0.0.0\n", "sums of " + folder},
		{cached, "v1.2.3", "farside v1.2.3\n", "sums of " + cached},
		{"", "v1.2.3", "farside v1.2.3\n", "sums of " + cached},
		{"", "v1.2.4", "farside v1.2.4\n", ""},
	} {
		require, sums, err := requireFarside(c.dir, c.version, modcache)
		if err != nil || !strings.Contains(require, c.require) || sums != c.sums {
			t.Errorf("of %v: %q with %q, %v", c, require, sums, err)
		}
	}
	for _, version := range []string{"devel", "v0.0.0-20261126000000-0123456789ab+dirty"} {
		if _, _, err := requireFarside("", version, modcache); err == nil || !strings.Contains(err.Error(), "no version ("+version+"): run `go get ") {
			t.Errorf("of %s: %v", version, err)
		}
	}
}

package check_test

import (
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/check"
	"github.com/farside-go/farside/interp/internal/exportdata"
)

func TestNamesMeanWhatAScriptMeans(t *testing.T) {
	im := check.NewImporter()
	for use, want := range map[string]string{
		"fmt Println":        "fmt",
		"json Marshal":       "encoding/json",
		"template New Must":  "text/template",
		"template HTML":      "html/template",
		"rand":               "math/rand/v2",
		"rand N IntN":        "math/rand/v2",
		"rand Int":           "math/rand/v2",
		"rand Intn":          "math/rand",
		"rand New NewSource": "math/rand",
		"rand Read":          "crypto/rand",
		"rand Int Reader":    "crypto/rand",
		"scanner Scanner":    "text/scanner",
		"scanner ErrorList":  "go/scanner",
		"pprof Lookup":       "runtime/pprof",
		"channel Receive":    "github.com/farside-go/farside/channel",
		"fmt Nosuch":         "fmt",
		"strings asciiSpace": "strings",
		"nosuch":             "",
		"native":             "",
		"abi":                "",
	} {
		words := strings.Fields(use)
		if got := im.Find(words[0], words[1:]); got != want {
			t.Errorf("%s is %q, want %q", use, got, want)
		}
	}
}

// TestEveryNameIsRanked: a name that a later release gives to a second package
// needs a decision.
func TestEveryNameIsRanked(t *testing.T) {
	paths := make(map[string][]string)
	for path, name := range exportdata.New().Names() {
		paths[name] = append(paths[name], path)
	}
	ambiguous := map[string]bool{"rand": true, "template": true, "scanner": true, "pprof": true}
	for name, list := range paths {
		if len(list) > 1 != ambiguous[name] {
			t.Errorf("%s is %v", name, list)
		}
	}
}

func TestImporterKnowsWhatCanBeImported(t *testing.T) {
	im := check.NewImporter()
	for path, want := range map[string]bool{
		"fmt": true, "unsafe": true, "net/http": true, "syscall": true, "github.com/farside-go/farside/gateway": true,
		"C": false, "internal/abi": false, "nosuch": false, "github.com/farside-go/farside/worker": false,
	} {
		if got := im.Has(path); got != want {
			t.Errorf("Has(%s) is %v", path, got)
		}
		if pkg, err := im.Import(path); (err == nil) != want || want && pkg.Path() != path {
			t.Errorf("Import(%s): %v, %v", path, pkg, err)
		}
	}
	a, _ := im.Import("fmt")
	b, err := im.Import("fmt")
	if a != b || err != nil {
		t.Error("fmt was read twice")
	}
}

package check_test

import (
	"testing"

	"github.com/farside-go/farside/interp/internal/check"
)

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

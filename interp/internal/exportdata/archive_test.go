package exportdata_test

import (
	"errors"
	"go/types"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/interp/internal/exportdata"
	"github.com/farside-go/farside/interp/internal/exportdata/format"
)

// TestEveryTargetHasEveryPackage: what is shared by all targets must refer only
// to what each of them has.
func TestEveryTargetHasEveryPackage(t *testing.T) {
	for _, target := range format.Targets {
		r := exportdata.NewReader(target, exportdata.Std(), exportdata.Own())
		names := r.Names()
		if len(names) < 170 {
			t.Errorf("%s has %d packages", target, len(names))
		}
		for path, name := range names {
			pkg, err := r.Import(path)
			if err != nil {
				t.Fatalf("%s: %v", target, err)
			}
			if pkg.Name() != name || !pkg.Complete() {
				t.Errorf("%s: %v", target, pkg)
			}
		}
	}
}

func TestTargetsDiffer(t *testing.T) {
	for target, want := range map[string]struct{ sysProcAttr, ptrace bool }{
		"linux/amd64": {true, true}, "windows/arm64": {true, false}, "darwin/arm64": {true, true},
	} {
		pkg, err := exportdata.NewReader(target, exportdata.Std()).Import("syscall")
		if err != nil {
			t.Fatal(err)
		}
		attr, ok := pkg.Scope().Lookup("SysProcAttr").(*types.TypeName)
		if ok != want.sysProcAttr {
			t.Errorf("%s: SysProcAttr is there: %v", target, ok)
			continue
		}
		field, _, _ := types.LookupFieldOrMethod(attr.Type(), true, pkg, "Ptrace")
		if (field != nil) != want.ptrace {
			t.Errorf("%s: SysProcAttr.Ptrace is %v", target, field)
		}
	}
}

// TestOtherPlatformsAreTakenForLinux: farside may run where no target is.
func TestOtherPlatformsAreTakenForLinux(t *testing.T) {
	r := exportdata.NewReader("freebsd/386", exportdata.Std(), exportdata.Own())
	pkg, err := r.Import("syscall")
	if err != nil || pkg.Scope().Lookup("EpollWait") == nil {
		t.Errorf("%v, %v", pkg, err)
	}
}

// TestPackagesAreReadAtOnce is one for the race detector: a package is used while
// others are read that refer to the same types.
func TestPackagesAreReadAtOnce(t *testing.T) {
	r := exportdata.New()
	var all sync.WaitGroup
	for _, path := range []string{"net/http", "os", "fmt", "encoding/json", "go/types", "io", "reflect", "database/sql"} {
		all.Go(func() {
			pkg, err := r.Import(path)
			if err != nil {
				t.Error(err)
				return
			}
			for _, name := range pkg.Scope().Names() {
				obj := pkg.Scope().Lookup(name)
				types.NewMethodSet(types.NewPointer(obj.Type()))
				types.ObjectString(obj, nil)
				types.AssignableTo(obj.Type(), types.Universe.Lookup("error").Type())
			}
		})
	}
	all.Wait()
}

func TestWhatSourceCannotImportIsUnknown(t *testing.T) {
	r := exportdata.New()
	for _, path := range []string{"internal/abi", "nosuch", "unsafe", "", "vendor/golang.org/x/net/idna"} {
		if _, err := r.Import(path); !errors.Is(err, exportdata.ErrUnknown) || r.Has(path) {
			t.Errorf("%q: %v", path, err)
		}
	}
}

func TestDamageIsAnError(t *testing.T) {
	whole := exportdata.Std()
	for name, data := range map[string]string{
		"empty": "", "no archive": "something else", "old": strings.Replace(whole, "types 1", "types 0", 1),
		"no index": whole[:40], "cut in the index": whole[:2000], "index changed": whole[:500] + "x" + whole[501:],
	} {
		if _, err := exportdata.NewReader("linux/amd64", data).Import("fmt"); err == nil || errors.Is(err, exportdata.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Somewhere behind the index: whatever is hit, nothing panics, and an error
	// stays.
	hits := 0
	for at := 20000; at < len(whole); at += 50000 {
		r := exportdata.NewReader("linux/amd64", whole[:at]+"\xff\xff"+whole[at+2:])
		for path := range r.Names() {
			if _, err := r.Import(path); err != nil {
				hits++
				if _, again := r.Import("fmt"); again != err {
					t.Errorf("at %d: first %v, then %v", at, err, again)
				}
				break
			}
		}
	}
	if hits == 0 {
		t.Error("no damage was noticed")
	}
}

package embedded_test

import (
	"embed"
	"io/fs"
	"reflect"
	"slices"
	"testing"
	"testing/fstest"
	"unsafe"

	"github.com/farside-go/farside/interp/internal/embedded"
)

//go:embed testdata
var compiled embed.FS

var names = []string{"testdata/a.txt", "testdata/a/b/c.txt", "testdata/a/z.txt", "testdata/a.b/x", "testdata/b"}

// It fails when a new version of Go lays embed.FS out in another way: value.go is
// what has to be changed then.
func TestFileSystemIsAsTheCompilerWritesIt(t *testing.T) {
	made, err := embedded.FS(compiled, names)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := listing(t, made), listing(t, compiled); !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if err := fstest.TestFS(made, names...); err != nil {
		t.Error(err)
	}
}

// listing gives all that is in a file system, with what it contains.
func listing(t *testing.T, files embed.FS) (list []string) {
	t.Helper()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		text := ""
		if !entry.IsDir() {
			data, err := files.ReadFile(name)
			if err != nil {
				return err
			}
			text = string(data)
		}
		list = append(list, name+": "+fs.FormatFileInfo(info)+": "+text)
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return list
}

// As long as that holds for the Go that runs it, a worker that was built with
// another refuses to embed rather than to write what is not there.
func TestLayoutThatIsUnlikeIsSeen(t *testing.T) {
	type file struct {
		name, data string
		hash       [16]byte
	}
	for _, other := range []any{
		struct{ list *[]file }{}, struct{ files []file }{}, struct{ files *[]string }{},
		struct {
			files *[]file
			more  int
		}{},
		struct {
			files *[]struct {
				data, name string
				hash       [16]byte
			}
		}{},
		struct {
			files *[]struct {
				name, data string
				hash       [32]byte
			}
		}{},
		uintptr(unsafe.Sizeof(compiled)),
	} {
		if embedded.IsFS(reflect.TypeOf(other)) {
			t.Errorf("%T is taken for embed.FS", other)
		}
	}
	if !embedded.IsFS(reflect.TypeFor[embed.FS]()) {
		t.Error("embed.FS is not taken for itself")
	}
}

package embedded

import (
	"cmp"
	"embed"
	"errors"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"unsafe"
)

// A filesystem is an embed.FS as it lies in memory; the compiler writes it too.
type filesystem struct{ files *[]file }

// A file is one of its files or, with a slash at the end of its name, folders.
type file struct {
	name, data string
	hash       [16]byte // nothing reads it
}

// errLayout is the end of embedding with a library that has changed.
var errLayout = errors.New("embed.FS is not what it was in Go 1.26; build the program instead")

// layoutKnown reports whether embed.FS is what we take it for.
var layoutKnown = sync.OnceValue(func() bool {
	return alike(reflect.TypeFor[embed.FS](), reflect.TypeFor[filesystem]())
})

// alike reports whether two types lie in memory alike and have the same fields.
func alike(a, b reflect.Type) bool {
	if a.Kind() != b.Kind() || a.Size() != b.Size() {
		return false
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return alike(a.Elem(), b.Elem())
	case reflect.Struct:
		for i := range a.NumField() {
			if i == b.NumField() || a.Field(i).Name != b.Field(i).Name || a.Field(i).Offset != b.Field(i).Offset ||
				!alike(a.Field(i).Type, b.Field(i).Type) {
				return false
			}
		}
		return a.NumField() == b.NumField()
	}
	return true
}

// FS gives the embed.FS that has these files of a folder.
func FS(folder fs.FS, names []string) (embed.FS, error) {
	if !layoutKnown() {
		return embed.FS{}, errLayout
	}
	files := make([]file, 0, len(names))
	for _, name := range withFolders(names) {
		f := file{name: name}
		if !strings.HasSuffix(name, "/") {
			data, err := fs.ReadFile(folder, name)
			if err != nil {
				return embed.FS{}, err
			}
			f.data = string(data)
		}
		files = append(files, f)
	}
	made := filesystem{&files}
	return *(*embed.FS)(unsafe.Pointer(&made)), nil
}

// withFolders gives files and the folders that they are in, in the order of
// embed.FS: by folder, then by name.
func withFolders(names []string) (list []string) {
	for _, name := range names {
		list = append(list, name)
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			list = append(list, dir+"/")
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		a, b = strings.TrimSuffix(a, "/"), strings.TrimSuffix(b, "/")
		return cmp.Or(cmp.Compare(path.Dir(a), path.Dir(b)), cmp.Compare(path.Base(a), path.Base(b)))
	})
	return slices.Compact(list)
}

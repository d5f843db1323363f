package farmain

import (
	"go/ast"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/farside-go/farside/internal/form"
	"github.com/farside-go/farside/internal/libnames"
)

// channelAPI is what package channel has.
var channelAPI = form.API{
	Exports: func(name string) bool { return libnames.Has("channel", channelPath, name) },
	Method:  libnames.HasMethod,
}

// addImports imports what the text uses and leaves to us.
func (t *text) addImports() {
	found := form.Selections(t.file)
	var add strings.Builder
	if t.shape.Kind == form.Statements {
		add.WriteString(t.partChannel(found))
	}
	for _, spec := range t.file.Imports {
		for name := range found {
			if mayBe(spec, name) {
				delete(found, name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if path := choose(name, found[name].Symbols); path != "" {
			add.WriteString("import " + name + " " + strconv.Quote(path) + ";")
		}
	}
	if add.Len() > 0 {
		t.put(t.file.Name.End(), t.file.Name.End(), ";"+strings.TrimSuffix(add.String(), ";")+t.directive(t.file.Name.End()))
	}
}

// choose finds the package that a text means by name, "" if there is none.
func choose(name string, symbols map[string]bool) string {
	paths := libnames.Paths(name)
	if len(paths) == 1 {
		return paths[0]
	}
	return form.Choose(paths, symbols, func(path, symbol string) bool { return libnames.Has(name, path, symbol) })
}

// partChannel gives the package channel another name where the variable hides it, and
// gives the import that it needs then.
func (t *text) partChannel(found map[string]*form.Selection) (add string) {
	s := found["channel"]
	if s == nil || t.file.Scope.Lookup("channel") != nil {
		return ""
	}
	delete(found, "channel")
	picked := s.OfPackage(t.file, channelAPI)
	for _, sel := range picked {
		t.replace(sel.X.(*ast.Ident), channelAlias)
	}
	imported := false
	for _, spec := range t.file.Imports {
		if spec.Name == nil && form.ImportPath(spec) == channelPath {
			t.put(spec.Pos(), spec.Pos(), channelAlias+t.directive(spec.Pos()))
			imported = true
		}
	}
	if len(picked) == 0 || imported {
		return ""
	}
	return "import " + channelAlias + " " + strconv.Quote(channelPath) + ";"
}

// major is an element of an import path that is no package's name.
var major = regexp.MustCompile(`^v[0-9]+$`)

// importedAs gives the name that an import has in the file, as far as it can be told
// without the package.
func importedAs(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	importPath := form.ImportPath(spec)
	if base := path.Base(importPath); !major.MatchString(base) {
		return base
	}
	return path.Base(path.Dir(importPath))
}

// mayBe reports whether a name may be that of an import: yaml that of gopkg.in/yaml.v3
// and of example.com/go-yaml.
func mayBe(spec *ast.ImportSpec, name string) bool {
	as := importedAs(spec)
	if as == name || spec.Name != nil {
		return as == name
	}
	words := strings.FieldsFunc(as, func(r rune) bool { return r == '.' || r == '-' })
	return slices.Contains(words, name)
}

package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// preference orders the paths of a package name that is not unique: first the
// one that a program most likely means. A name that becomes ambiguous in a new
// Go release stops the generator until it is put here.
var preference = map[string][]string{
	"pprof":    {"runtime/pprof", "net/http/pprof"},
	"rand":     {"math/rand", "math/rand/v2", "crypto/rand"},
	"scanner":  {"text/scanner", "go/scanner"},
	"template": {"text/template", "html/template"},
}

// indexBody gives the body of the index: from import path to table, from name
// to import paths. names maps import paths to package names.
func indexBody(names map[string]string) (string, error) {
	byName, err := ordered(names)
	if err != nil {
		return "", err
	}
	paths := slices.Sorted(maps.Keys(names))

	var b strings.Builder
	b.WriteString("// lookup gives the table of a package, nil if no platform has one.\n" +
		"func lookup(importPath string) *table {\nswitch importPath {\n")
	for _, path := range paths {
		fmt.Fprintf(&b, "case %q:\nreturn &%s\n", path, variable(path))
	}
	b.WriteString("}\nreturn nil\n}\n\n" +
		"// named gives the import paths of the packages of a name, whatever the platform.\n" +
		"func named(name string) []string {\nswitch name {\n")
	for _, name := range slices.Sorted(maps.Keys(byName)) {
		fmt.Fprintf(&b, "case %q:\nreturn %s\n", name, stringSlice(byName[name]))
	}
	b.WriteString("}\nreturn nil\n}\n\n" +
		"// all gives every import path, whatever the platform.\n" +
		"func all() []string {\nreturn []string{\n")
	for _, path := range paths {
		fmt.Fprintf(&b, "%q,\n", path)
	}
	b.WriteString("}\n}\n")
	return b.String(), nil
}

// ordered turns names around: from package name to import paths, in order of
// preference.
func ordered(names map[string]string) (map[string][]string, error) {
	byName := make(map[string][]string)
	for _, path := range slices.Sorted(maps.Keys(names)) {
		byName[names[path]] = append(byName[names[path]], path)
	}
	for name, paths := range byName {
		if len(paths) == 1 {
			continue
		}
		want := preference[name]
		if !slices.Equal(slices.Sorted(slices.Values(want)), paths) {
			return nil, fmt.Errorf("package name %s: no order of preference for %v", name, paths)
		}
		byName[name] = want
	}
	return byName, nil
}

func stringSlice(list []string) string {
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = strconv.Quote(s)
	}
	return "[]string{" + strings.Join(quoted, ", ") + "}"
}

package main

import (
	"maps"
	"slices"
	"strings"
)

// generate gives every file of package stdlib that is generated.
func generate() (fileSet, error) {
	libs, err := loadAll()
	if err != nil {
		return nil, err
	}
	names := packageNames(libs)
	files := make(fileSet)
	var partial []string // packages that are not the same on all targets
	for _, path := range slices.Sorted(maps.Keys(names)) {
		variants := group(libs, path)
		if len(variants) > 1 {
			partial = append(partial, path)
		}
		for _, v := range variants {
			if err := files.add(v.file(path), v.constraint(), v.body); err != nil {
				return nil, err
			}
		}
	}
	if err := files.add("zz_other.go", "!("+buildConstraint(targets)+")", elsewhere(partial)); err != nil {
		return nil, err
	}
	index, err := indexBody(names)
	if err != nil {
		return nil, err
	}
	return files, files.add("zz_index.go", "", index)
}

// packageNames gives the name of each package that any target has, by path.
func packageNames(libs []*library) map[string]string {
	names := make(map[string]string)
	for _, lib := range libs {
		for path, p := range lib.packages {
			names[path] = p.Name()
		}
	}
	return names
}

// A variant is the body of a package's file and the targets that share it.
type variant struct {
	body    string
	targets []target
}

// group generates a package for each target and merges those that come out
// the same.
func group(libs []*library, path string) (vs []variant) {
	for _, lib := range libs {
		text := absent(path)
		if p := lib.packages[path]; p != nil {
			text = body(p)
		}
		i := slices.IndexFunc(vs, func(v variant) bool { return v.body == text })
		if i < 0 {
			i, vs = len(vs), append(vs, variant{body: text})
		}
		vs[i].targets = append(vs[i].targets, lib.target)
	}
	return vs
}

// file names the file of a variant.
func (v variant) file(path string) string {
	name := "zz_" + identifier(path)
	if len(v.targets) < len(targets) {
		name += suffix(v.targets)
	}
	return name + ".go"
}

// constraint gives the variant's build constraint, empty if it is for any
// platform.
func (v variant) constraint() string {
	if len(v.targets) == len(targets) {
		return ""
	}
	return buildConstraint(v.targets)
}

// elsewhere is the body of the file for all platforms that are not targets.
func elsewhere(partial []string) string {
	var b strings.Builder
	b.WriteString("// These packages differ from platform to platform and have no table here.\n")
	for _, path := range partial {
		b.WriteString(absent(path))
	}
	return b.String()
}

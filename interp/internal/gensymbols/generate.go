package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// generate gives every file of package stdlib that is generated.
func generate(libs []*library) (fileSet, error) {
	names := packageNames(libs)
	files := make(fileSet)
	var partial []string // packages that are not the same on all targets
	for _, path := range slices.Sorted(maps.Keys(names)) {
		groups, err := group(libs, path)
		if err != nil {
			return nil, err
		}
		if len(groups) > 1 {
			partial = append(partial, path)
		}
		for _, g := range groups {
			if err := files.add(g.file(path, len(libs)), g.constraint(len(libs)), g.body); err != nil {
				return nil, err
			}
		}
	}
	if err := files.add("zz_other.go", "!("+constraint(targets)+")", elsewhere(partial)); err != nil {
		return nil, err
	}
	body, err := indexBody(names)
	if err != nil {
		return nil, err
	}
	return files, files.add("zz_index.go", "", body)
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
func group(libs []*library, path string) (vs []variant, err error) {
	for _, lib := range libs {
		body := absent(path)
		if p := lib.packages[path]; p != nil {
			m, err := newModel(p)
			if err != nil {
				return nil, fmt.Errorf("%v: %w", lib.target, err)
			}
			body = m.body()
		}
		i := slices.IndexFunc(vs, func(v variant) bool { return v.body == body })
		if i < 0 {
			i, vs = len(vs), append(vs, variant{body: body})
		}
		vs[i].targets = append(vs[i].targets, lib.target)
	}
	return vs, nil
}

// file names the file of a variant, given the number of targets in all.
func (v variant) file(path string, all int) string {
	name := "zz_" + identifier(path)
	if len(v.targets) < all {
		name += suffix(v.targets)
	}
	return name + ".go"
}

// constraint gives the variant's build constraint, empty if it is for any
// platform.
func (v variant) constraint(all int) string {
	if len(v.targets) == all {
		return ""
	}
	return constraint(v.targets)
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

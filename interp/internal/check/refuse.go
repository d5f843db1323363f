package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
	"strings"

	"github.com/farside-go/farside/interp/internal/check/wording"
)

// Allow says what of that which is refused a package may do all the same. Nil
// allows nothing.
type Allow struct {
	// Unsafe lets it import unsafe.
	Unsafe bool

	// Embed says why the files that a pattern of go:embed stands for cannot be had
	// from the tree that the package came in, if so. Nil means that it came without
	// files.
	Embed func(pattern string) error
}

// Refuse lists what a package that was checked does which cannot be done by
// interpreted source, and what to do instead.
func Refuse(pkg *Package, allow *Allow) ErrorList {
	r := &refuser{pkg: pkg}
	if allow != nil {
		r.allow = *allow
	}
	for _, refuse := range []func(*refuser, *ast.File){
		(*refuser).imports,
		(*refuser).linknames,
		(*refuser).bodies,
	} {
		for _, file := range pkg.Files {
			refuse(r, file)
		}
	}
	r.embeds()
	return r.list.Sorted()
}

// A refuser goes through one package.
type refuser struct {
	pkg   *Package
	allow Allow
	list  ErrorList
}

func (r *refuser) refuse(pos token.Pos, format string, args ...any) {
	r.list = append(r.list, wording.At(r.pkg.Fset, pos, fmt.Sprintf(format, args...)))
}

// buildInstead is how each refusal ends that has no better way out.
const buildInstead = "cannot be used in interpreted source; build the program instead"

func (r *refuser) imports(file *ast.File) {
	for _, spec := range file.Imports {
		if imports(spec, "unsafe") && !r.allow.Unsafe {
			r.refuse(spec.Path.Pos(), "unsafe %s", buildInstead)
		}
	}
}

// imports reports whether a spec imports the package at path, however it is
// quoted.
func imports(spec *ast.ImportSpec, path string) bool {
	got, err := strconv.Unquote(spec.Path.Value)
	return err == nil && got == path
}

func (r *refuser) linknames(file *ast.File) {
	for _, d := range directives(file, "go:linkname") {
		r.refuse(d.Pos(), "//go:linkname %s", buildInstead)
	}
}

// bodies refuses functions without one: they are written in assembly.
func (r *refuser) bodies(file *ast.File) {
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Body == nil {
			r.refuse(f.Name.Pos(), "missing function body: assembly %s", buildInstead)
		}
	}
}

func (r *refuser) embeds() {
	embeds, wrong := Embeds(r.pkg)
	r.list = append(r.list, wrong...)
	for _, e := range embeds {
		for _, pattern := range e.Patterns {
			if r.allow.Embed == nil {
				r.refuse(e.Pos, "//go:embed %s: the source came without files; Import the tree that has them, or build the program", pattern)
			} else if err := r.allow.Embed(pattern.Text); err != nil {
				r.refuse(pattern.Pos, "pattern %s: %v", pattern, err)
			}
		}
	}
}

// directives gives the comments of a file that are a directive of this name.
func directives(file *ast.File, name string) (list []*ast.Comment) {
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if word, _, _ := strings.Cut(comment.Text, " "); word == "//"+name {
				list = append(list, comment)
			}
		}
	}
	return list
}

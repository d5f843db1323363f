package check

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/farside-go/farside/interp/internal/check/wording"
)

// An Embed is a variable that files are embedded into.
type Embed struct {
	Var      *types.Var
	Patterns []Pattern
	Pos      token.Pos // of the directive, or of the first of several
}

// A Pattern is one of those that stand behind go:embed.
type Pattern struct {
	Text string
	Pos  token.Pos
}

func (p Pattern) String() string { return p.Text }

// Embeds lists the variables of a package that go:embed is applied to, and what
// is wrong with how it is applied, in the compiler's words. The files must have
// been parsed with comments.
func Embeds(pkg *Package) (list []Embed, wrong ErrorList) {
	for _, file := range pkg.Files {
		e := embedder{pkg: pkg, file: file, left: directives(file, "go:embed")}
		if len(e.left) == 0 {
			continue
		}
		e.declarations()
		for _, d := range e.left {
			e.wrong = append(e.wrong, e.errorAt(d, "misplaced go:embed directive"))
		}
		list, wrong = append(list, e.list...), append(wrong, e.wrong...)
	}
	return list, wrong.Sorted()
}

// An embedder goes through one file.
type embedder struct {
	pkg   *Package
	file  *ast.File
	left  []*ast.Comment // directives that belong to nothing yet
	list  []Embed
	wrong ErrorList
}

// errorAt puts an error where the compiler puts it: behind the slashes.
func (e *embedder) errorAt(d *ast.Comment, msg string) Error {
	return wording.At(e.pkg.Fset, d.Pos()+token.Pos(len("//")), msg)
}

func (e *embedder) declarations() {
	ast.Inspect(e.file, func(n ast.Node) bool {
		if decl, ok := n.(*ast.GenDecl); ok && decl.Tok == token.VAR {
			e.variables(decl, slices.Contains(e.file.Decls, ast.Decl(decl)))
		}
		return true
	})
}

func (e *embedder) variables(decl *ast.GenDecl, global bool) {
	for i, spec := range decl.Specs {
		spec := spec.(*ast.ValueSpec)
		mine := e.take(spec.Doc)
		if i == 0 && !decl.Lparen.IsValid() {
			mine = append(mine, e.take(decl.Doc)...)
		}
		if len(mine) > 0 {
			e.variable(spec, mine, global)
		}
	}
}

// take takes those of a comment's directives that nothing has.
func (e *embedder) take(doc *ast.CommentGroup) (taken []*ast.Comment) {
	if doc == nil {
		return nil
	}
	e.left = slices.DeleteFunc(e.left, func(d *ast.Comment) bool {
		mine := slices.Contains(doc.List, d)
		if mine {
			taken = append(taken, d)
		}
		return mine
	})
	return taken
}

func (e *embedder) variable(spec *ast.ValueSpec, directives []*ast.Comment, global bool) {
	embed := Embed{Pos: directives[0].Pos()}
	embed.Var, _ = e.pkg.Info.Defs[spec.Names[0]].(*types.Var)
	if problem := e.problem(spec, embed.Var, global); problem != "" {
		e.wrong = append(e.wrong, e.errorAt(directives[0], problem))
		return
	}
	for _, d := range directives {
		const head = "//go:embed"
		patterns, err := embedPatterns(strings.TrimPrefix(d.Text, head), d.Pos()+token.Pos(len(head)))
		if err != nil {
			e.wrong = append(e.wrong, e.errorAt(d, err.Error()))
			return
		}
		embed.Patterns = append(embed.Patterns, patterns...)
	}
	e.list = append(e.list, embed)
}

// problem says why nothing can be embedded into a variable.
func (e *embedder) problem(spec *ast.ValueSpec, v *types.Var, global bool) string {
	importsEmbed := slices.ContainsFunc(e.file.Imports, func(spec *ast.ImportSpec) bool { return imports(spec, "embed") })
	switch {
	case !importsEmbed:
		return `go:embed requires import "embed" (or import _ "embed", if package is not used)`
	case len(spec.Names) > 1:
		return "go:embed cannot apply to multiple vars"
	case spec.Values != nil:
		return "go:embed cannot apply to var with initializer"
	case !global:
		return "go:embed cannot apply to var inside func"
	case v != nil && !embeddable(v.Type()):
		return fmt.Sprintf("go:embed cannot apply to var of type %s", types.TypeString(v.Type(), types.RelativeTo(e.pkg.Types)))
	}
	return ""
}

// embeddable reports whether files can be embedded into a variable of type t.
func embeddable(t types.Type) bool {
	if named, ok := types.Unalias(t).(*types.Named); ok {
		if obj := named.Obj(); obj.Pkg() != nil && obj.Pkg().Path() == "embed" && obj.Name() == "FS" {
			return true
		}
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Kind() == types.String
	case *types.Slice:
		elem, ok := u.Elem().Underlying().(*types.Basic)
		return ok && elem.Kind() == types.Uint8
	}
	return false
}

// embedPatterns splits what stands behind go:embed, at pos.
func embedPatterns(text string, pos token.Pos) (patterns []Pattern, err error) {
	end := pos + token.Pos(len(text))
	text = strings.TrimLeft(text, " \t")
	for text != "" {
		pattern, rest := text, ""
		if quoted, err := strconv.QuotedPrefix(text); err == nil && quoted[0] != '\'' {
			pattern, _ = strconv.Unquote(quoted) // it is a quoted string
			rest = text[len(quoted):]
		} else if i := strings.IndexAny(text, " \t"); i >= 0 {
			pattern, rest = text[:i], text[i:]
		}
		if strings.HasPrefix(pattern, `"`) || strings.HasPrefix(pattern, "`") || rest != "" && !strings.ContainsAny(rest[:1], " \t") {
			return nil, fmt.Errorf("invalid quoted string in //go:embed: %s", text)
		}
		patterns = append(patterns, Pattern{pattern, end - token.Pos(len(text))})
		text = strings.TrimLeft(rest, " \t")
	}
	if len(patterns) == 0 {
		return nil, errors.New("usage: //go:embed pattern...")
	}
	return patterns, nil
}

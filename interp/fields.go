package interp

import (
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// The tags that make an encoder pass over a field.
var hidingTags = []string{"cbor", "json", "xml", "yaml"}

// hideFields tags the unexported fields of all structs. Compiled code sees them
// as exported ones, X before the name, because reflection cannot make others;
// an encoder would let them out.
func hideFields(file *ast.File) {
	ast.Inspect(file, func(n ast.Node) bool {
		if st, ok := n.(*ast.StructType); ok {
			st.Fields.List = hideIn(st.Fields.List)
		}
		return true
	})
}

// hideIn gives the fields with tags where they must be. Fields that share a type
// share a tag as well, and are parted where only some must be hidden.
func hideIn(fields []*ast.Field) []*ast.Field {
	var out []*ast.Field
	for _, f := range fields {
		hidden := 0
		for _, name := range f.Names {
			if !name.IsExported() {
				hidden++
			}
		}
		switch {
		case hidden == 0:
			out = append(out, f)
		case hidden == len(f.Names):
			f.Tag = hidingTag(f.Tag, f.Type.End())
			out = append(out, f)
		default:
			for _, name := range f.Names {
				one := *f
				one.Names = []*ast.Ident{name}
				if !name.IsExported() {
					one.Tag = hidingTag(f.Tag, f.Type.End())
				}
				out = append(out, &one)
			}
		}
	}
	return out
}

// hidingTag merges the hiding keys into a tag.
func hidingTag(tag *ast.BasicLit, pos token.Pos) *ast.BasicLit {
	old := ""
	if tag != nil {
		pos = tag.Pos()
		old, _ = strconv.Unquote(tag.Value)
	}
	return &ast.BasicLit{ValuePos: pos, Kind: token.STRING, Value: strconv.Quote(hidingTagText(old))}
}

// hidingTagText puts the hiding keys first, where they win over a key that the
// tag has already.
func hidingTagText(old string) string {
	var b strings.Builder
	for _, key := range hidingTags {
		b.WriteString(key + `:"-" `)
	}
	return strings.TrimSpace(b.String() + old)
}

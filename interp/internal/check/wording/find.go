package wording

import (
	"go/ast"
	"go/token"
)

// innermost gives the smallest node at pos that match takes.
func innermost[N ast.Node](files []*ast.File, pos token.Pos, match func(N) bool) (found N, ok bool) {
	for _, file := range files {
		if pos < file.FileStart || file.FileEnd < pos {
			continue
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if node == nil || pos < node.Pos() || node.End() < pos {
				return false
			}
			if n, fits := node.(N); fits && match(n) {
				found, ok = n, true
			}
			return true
		})
	}
	return found, ok
}

// all gives the nodes inside root that are of one type, in source order.
func all[N ast.Node](root ast.Node) (list []N) {
	ast.Inspect(root, func(node ast.Node) bool {
		if n, ok := node.(N); ok {
			list = append(list, n)
		}
		return true
	})
	return list
}

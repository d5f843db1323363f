package interp

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"
	"sort"
)

// locate finds the statement that makes yaegi's compiler panic: the first with
// which it does, when the statements of the file are added one by one. It
// compiles the file again and again, each time in a new interpreter, and
// executes nothing. It changes the file.
func (r *run) locate(file *ast.File) token.Pos {
	if order, err := r.world.trees.compileOrder(r.unit.uses); err != nil || len(order) > 0 {
		return token.NoPos // these would have to be executed as well
	}
	lists := statementLists(file)
	var all []token.Pos
	for _, l := range lists {
		for _, s := range l.all {
			all = append(all, s.Pos())
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	i := sort.Search(len(all), func(i int) bool {
		for _, l := range lists {
			l.keep(all[i])
		}
		return r.compilerPanics(file)
	})
	if i == len(all) {
		return token.NoPos
	}
	return all[i]
}

// compilerPanics reports whether yaegi's compiler panics over a file.
func (r *run) compilerPanics(file *ast.File) (panics bool) {
	m, err := newMachine()
	if err != nil {
		return false
	}
	m.run.Store(r)
	if r.world.load(m.y, r.unit.uses, m.std.bind) != nil || r.predeclareIn(m.y, predeclaredPath, nil) != nil {
		return false
	}
	defer func() { panics = recover() != nil }()
	m.y.CompileAST(file)
	return false
}

// A statementList is one of the places of a file that hold statements.
type statementList struct {
	place *[]ast.Stmt
	all   []ast.Stmt
}

// keep leaves only the statements in the list that do not begin after pos.
func (l statementList) keep(pos token.Pos) {
	n, _ := slices.BinarySearchFunc(l.all, pos+1, func(s ast.Stmt, pos token.Pos) int { return cmp.Compare(s.Pos(), pos) })
	*l.place = l.all[:n]
}

func statementLists(file *ast.File) (lists []statementList) {
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			lists = append(lists, statementList{&n.List, n.List})
		case *ast.CaseClause:
			lists = append(lists, statementList{&n.Body, n.Body})
		case *ast.CommClause:
			lists = append(lists, statementList{&n.Body, n.Body})
		}
		return true
	})
	return lists
}

package interp

import (
	"go/ast"
	"go/token"
)

// A line is the text of one run of a session, in the parts that are evaluated
// one after the other. yaegi keeps what stands at the top of each.
type line struct {
	imports    *ast.File
	decls      *ast.File
	statements []ast.Stmt
	last       ast.Expr // the last statement, if it is an expression
}

// prepare parses a line and cuts it into its parts.
func (s *session) prepare(r *run) (*line, error) {
	sh := recognise(r.job.Source, "")
	if sh.clause {
		return nil, compileError(r.job.Name, "a session takes statements and declarations, not a whole package")
	}
	if sh.stray >= 0 {
		return nil, straySyntax(r.job.Name, r.job.Source, sh.stray)
	}
	sh.form = formStatements
	u := &unit{name: r.job.Name, text: r.job.Source, form: formStatements, locals: s.declared, imported: s.imported}
	r.unit = u
	fset := r.m.y.FileSet()
	if err := u.parse(fset, compose(u.name, u.text, sh), false); err != nil {
		return nil, err
	}
	hideFields(u.file)
	body := mainBody(u.file)
	if ret := firstReturn(body); ret != nil {
		return nil, faultAt(fset, ret.Pos(), "return outside of a function")
	}
	if err := u.resolve(fset, r.world); err != nil {
		return nil, err
	}
	plainCalls(u.file, u.importName(channelPath), !s.declared["channel"])
	divertFatal(u.file, s.declared)
	u.importHost(s.predeclaredPath())
	return s.cut(u, body), nil
}

// cut parts the file of a line. Imports that the session has already are left
// out: yaegi would take them for redeclarations.
func (s *session) cut(u *unit, body *ast.BlockStmt) *line {
	l := &line{imports: part(u.file), decls: part(u.file)}
	for _, decl := range u.file.Decls {
		gen, ok := decl.(*ast.GenDecl)
		switch {
		case ok && gen.Tok == token.IMPORT:
			if gen.Specs = s.newImports(gen.Specs); len(gen.Specs) > 0 {
				l.imports.Decls = append(l.imports.Decls, gen)
			}
		case !isMain(decl, body):
			l.decls.Decls = append(l.decls.Decls, decl)
		}
	}
	l.statements = body.List
	if n := len(body.List); n > 0 {
		if e, ok := body.List[n-1].(*ast.ExprStmt); ok {
			l.last = e.X
		}
	}
	return l
}

func isMain(decl ast.Decl, body *ast.BlockStmt) bool {
	f, ok := decl.(*ast.FuncDecl)
	return ok && f.Body == body
}

func part(file *ast.File) *ast.File {
	return &ast.File{Name: file.Name, Package: file.Package, FileStart: file.FileStart, FileEnd: file.FileEnd}
}

// newImports gives those imports that the session does not have, and those that
// are to be made anew for each line.
func (s *session) newImports(specs []ast.Spec) (out []ast.Spec) {
	for _, spec := range specs {
		spec := spec.(*ast.ImportSpec)
		if s.imported[spec.Name.Name] == importPath(spec) {
			continue
		}
		out = append(out, spec)
	}
	return out
}

// note remembers what was imported, under the name that it has.
func (s *session) note(file *ast.File) {
	for _, decl := range file.Decls {
		for _, spec := range decl.(*ast.GenDecl).Specs {
			spec := spec.(*ast.ImportSpec)
			if name := spec.Name.Name; name != "." && name != "_" {
				s.imported[name] = importPath(spec)
			}
		}
	}
}

// declare notes the names that a line declares.
func (s *session) declare(decls []ast.Decl) {
	for _, decl := range decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				s.declared[d.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch spec := spec.(type) {
				case *ast.TypeSpec:
					s.declared[spec.Name.Name] = true
				case *ast.ValueSpec:
					for _, name := range spec.Names {
						s.declared[name.Name] = true
					}
				}
			}
		}
	}
}

func (s *session) declareStatement(stmt ast.Stmt) {
	switch stmt := stmt.(type) {
	case *ast.DeclStmt:
		s.declare([]ast.Decl{stmt.Decl})
	case *ast.AssignStmt:
		if stmt.Tok != token.DEFINE {
			return
		}
		for _, e := range stmt.Lhs {
			if id, ok := e.(*ast.Ident); ok {
				s.declared[id.Name] = true
			}
		}
	}
}

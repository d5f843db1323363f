package interp

import (
	"context"
	"fmt"
	"go/ast"
	"go/token"
	"reflect"

	"github.com/traefik/yaegi/interp"

	"github.com/farside-go/farside/worker"
)

// A session is an interpreter that is kept: what a line declares, later lines
// see.
type session struct {
	turn     chan struct{} // holds one token: whoever has it runs
	m        *machine
	imported map[string]string // import paths by name
	declared map[string]bool   // names that hide packages and what is predeclared
	lines    int
}

// runLine runs one line of a session, after those that came before.
func (in *Interp) runLine(ctx context.Context, job *worker.Job) (any, error) {
	s, err := in.session(job.Session)
	if err != nil {
		return nil, err
	}
	select {
	case <-s.turn:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	defer func() { s.turn <- struct{}{} }()
	return s.run(newRun(ctx, s.m, in.world(), job))
}

// session gives the session of that name, a new one the first time.
func (in *Interp) session(name string) (*session, error) {
	in.mu.Lock()
	s := in.sessions[name]
	in.mu.Unlock()
	if s != nil {
		return s, nil
	}
	m, err := in.take()
	if err != nil {
		return nil, err
	}
	s = &session{turn: make(chan struct{}, 1), m: m, imported: make(map[string]string), declared: make(map[string]bool)}
	s.turn <- struct{}{}
	in.mu.Lock()
	defer in.mu.Unlock()
	if first := in.sessions[name]; first != nil {
		return first, nil
	}
	in.sessions[name] = s
	return s, nil
}

// predeclaredPath gives ctx, channel and args a package of their own for each
// line: code of earlier lines keeps what it had.
func (s *session) predeclaredPath() string { return fmt.Sprintf("%s/%d", predeclaredPath, s.lines) }

// A line is the text of one run of a session, in the parts that are evaluated
// one after the other. yaegi keeps what stands at the top of each.
type line struct {
	imports    *ast.File
	decls      *ast.File
	statements []ast.Stmt
	last       ast.Expr // the last statement, if it is an expression
}

// run runs one line.
func (s *session) run(r *run) (any, error) {
	runs := r.m.traces.runs()
	s.lines++
	l, err := s.prepare(r)
	if err != nil {
		return nil, err
	}
	if err := r.load(); err != nil {
		return nil, err
	}
	if err := r.predeclare(s.predeclaredPath(), s.declared); err != nil {
		return nil, err
	}
	r.todo = func() error { return s.evaluate(r, l) }
	result, err := r.supervise()
	r.m.traces.restoreRuns(runs)
	return result, err
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

// evaluate compiles and executes the parts of a line. All is compiled before
// any statement is executed.
func (s *session) evaluate(r *run, l *line) error {
	if err := r.importTrees(); err != nil {
		return err
	}
	if len(l.imports.Decls) > 0 {
		r.m.names.redirectAll(l.imports, r.world)
		if _, err := r.step(l.imports); err != nil {
			return err
		}
		s.note(l.imports)
	}
	if len(l.decls.Decls) > 0 {
		s.declare(l.decls.Decls)
		if _, err := r.step(l.decls); err != nil {
			return err
		}
	}
	v, err := s.execute(r, l.statements)
	if err == nil && l.last != nil && hasValue(l.last, v) {
		r.result, r.gave = newValue(v), true
	}
	return err
}

// execute gives the value of the last statement. Each is a program of its own,
// so that a panic tells which one it was.
func (s *session) execute(r *run, stmts []ast.Stmt) (v reflect.Value, err error) {
	var programs []*interp.Program
	for _, stmt := range stmts {
		p, err := r.compile(&ast.BlockStmt{Lbrace: stmt.Pos(), List: []ast.Stmt{stmt}, Rbrace: stmt.End()})
		if err != nil {
			return v, err
		}
		s.declareStatement(stmt)
		programs = append(programs, p)
	}
	for _, p := range programs {
		if v, err = r.execute(p); err != nil || r.halted() {
			return reflect.Value{}, err
		}
	}
	return v, nil
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

// hasValue tells an expression that has a value from one for which yaegi gives
// what happens to lie there.
func hasValue(e ast.Expr, v reflect.Value) bool {
	switch e := e.(type) {
	case *ast.Ident:
		if e.Name == "nil" {
			return false
		}
	case *ast.CallExpr:
		if sel, ok := e.Fun.(*ast.SelectorExpr); ok && printing[sel.Sel.Name] {
			if id, ok := sel.X.(*ast.Ident); ok && id.Name == "fmt" {
				return false // how many bytes it printed is not what was asked
			}
		}
		if v.IsValid() && v.Type() == reflect.TypeFor[*any]() {
			return false
		}
	}
	return v.IsValid() && v.CanInterface()
}

var printing = map[string]bool{"Print": true, "Printf": true, "Println": true}

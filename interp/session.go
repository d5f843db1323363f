package interp

import (
	"context"
	"fmt"
	"go/ast"
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
	s, closed := in.sessions[name], in.closed
	in.mu.Unlock()
	switch {
	case closed:
		return nil, errClosed
	case s != nil:
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
	if in.closed {
		return nil, errClosed
	}
	if first := in.sessions[name]; first != nil {
		return first, nil
	}
	in.sessions[name] = s
	return s, nil
}

// predeclaredPath gives ctx, channel and args a package of their own for each
// line: code of earlier lines keeps what it had.
func (s *session) predeclaredPath() string { return fmt.Sprintf("%s/%d", predeclaredPath, s.lines) }

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

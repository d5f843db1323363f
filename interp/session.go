package interp

import (
	"context"
	"go/token"
	"go/types"

	"github.com/farside-go/farside/interp/internal/compile"
	"github.com/farside-go/farside/interp/internal/process"
	"github.com/farside-go/farside/interp/internal/vm"
	"github.com/farside-go/farside/worker"
)

// A session is a source that grows: what a line declares, later lines see. Each
// line is a program of its own, with the variables of all, so that what stops it
// leaves alone what earlier lines started.
type session struct {
	turn chan struct{} // holds one token: whoever has it runs

	fset     *token.FileSet
	symbols  *symbolTable
	code     *compile.Compiler
	std      *process.View
	trees    map[string]bool // packages of trees that are part of it
	inits    []*vm.Closure   // of packages that were not initialised yet
	pkg      *types.Package
	previous []types.Object // what earlier lines declared
	given    givenVars
	value    int       // the number of the function that takes a line's value
	state    *vm.State // of all lines
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
	w, err := in.world()
	if err != nil {
		return nil, err
	}
	return s.run(ctx, job, w)
}

// session gives the session of that name, a new one the first time.
func (in *Interp) session(name string) (*session, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.closed {
		return nil, errClosed
	}
	if s := in.sessions[name]; s != nil {
		return s, nil
	}
	s := &session{turn: make(chan struct{}, 1), fset: in.trees.fset, std: process.New(), state: new(vm.State), trees: make(map[string]bool)}
	w := &world{extra: in.extra, trees: in.trees, reflected: in.reflected}
	s.symbols = newSymbolTable(w)
	s.code = compile.New(&compile.Options{Symbols: s.symbols, Generic: genericPackage})
	s.predeclare(w)
	s.turn <- struct{}{}
	in.sessions[name] = s
	return s, nil
}

// run runs one line.
func (s *session) run(ctx context.Context, job *worker.Job, w *world) (any, error) {
	r := newRun(ctx, job, s.std, s.code.Code.NewProgram(s.state), s.fset)
	r.code.Track()
	args, err := r.args()
	if err != nil {
		return nil, err
	}
	s.given.set(r.code, &given{ctx: ctx, channel: job.Channel, args: args})
	setVar(r.code, s.value, func(values ...any) { r.shown(values) })
	l, err := s.line(job.Name, job.Source, w)
	if err != nil {
		return nil, err
	}
	s.state.Grow(s.code.Code)
	if err := s.symbols.bind(s.std, s.state); err != nil {
		return nil, err
	}
	s.remember(l.objects)
	defer s.std.CloseInput()
	r.unit, r.todo = l.unit, func() { s.work(r, l) }
	result, err := r.supervise()
	if r.code.Stopped() {
		r.code.Renew()
	}
	return result, err
}

// work initialises the packages that a line imports, and runs the line.
func (s *session) work(r *run, l *line) {
	for len(s.inits) > 0 {
		init := s.inits[0]
		s.inits = s.inits[1:]
		if !r.call(init, nil, nil) {
			return
		}
	}
	if r.call(l.init, nil, nil) {
		r.call(l.main, nil, nil)
	}
}

// predeclare declares what each line is given.
func (s *session) predeclare(w *world) {
	s.previous = s.given.declare(s.code, w)
	value := types.NewVar(token.NoPos, nil, valueName, s.previous[len(s.previous)-1].Type())
	s.value = s.code.Give(value)
	s.previous = append(s.previous, value)
}

// names are the names that earlier lines declared.
func (s *session) names() map[string]bool {
	names := make(map[string]bool, len(s.previous))
	for _, o := range s.previous {
		if !predeclared[o.Name()] || o.Pos().IsValid() {
			names[o.Name()] = true
		}
	}
	return names
}

// remember makes objects seen by later lines, in place of earlier ones of the
// same name.
func (s *session) remember(objects []types.Object) {
	fresh := make(map[string]bool, len(objects))
	for _, o := range objects {
		fresh[o.Name()] = true
	}
	var kept []types.Object
	for _, o := range s.previous {
		if !fresh[o.Name()] {
			kept = append(kept, o)
		}
	}
	s.previous = append(kept, objects...)
}

// addTrees makes imported packages part of the session.
func (s *session) addTrees(im imports, w *world) error {
	order, err := w.trees.compileOrder(im)
	if err != nil {
		return err
	}
	for _, tree := range order {
		if s.trees[tree.path] {
			continue
		}
		pkg, err := w.trees.toCompile(tree, w)
		if err != nil {
			return err
		}
		if err := s.code.Add(pkg); err != nil {
			return err
		}
		init, err := s.code.Init(pkg)
		if err != nil {
			return err
		}
		s.trees[tree.path] = true
		s.inits = append(s.inits, init)
	}
	return nil
}

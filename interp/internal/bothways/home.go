package bothways

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// Home compiles programs and runs them. Its methods may be called concurrently.
//
// It calls the compiler and the linker themselves, as the toolchain's own tests
// do: the go command would take most of the time.
type Home struct {
	limits    Limits
	tools     string // the folder of the compiler and the linker
	importcfg string // where the standard library's packages are
	dir       string // of what is built
	cache     *cache
}

// NewHome finds the toolchain and the standard library. The go command must be of
// the version that built this program, or the two ways would differ for that
// reason. Outcomes are kept in the folder cacheDir, and given again for a program
// that was run before; "" means that nothing is kept. Close it.
func NewHome(ctx context.Context, limits Limits, cacheDir string) (*Home, error) {
	tools, err := toolDir(ctx)
	if err != nil {
		return nil, fmt.Errorf("bothways: %w", err)
	}
	std, err := goCommand(ctx, "list", "-export", "-f", "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}", "std")
	if err != nil {
		return nil, fmt.Errorf("bothways: %w", err)
	}
	kept, err := newCache(cacheDir)
	if err != nil {
		return nil, fmt.Errorf("bothways: %w", err)
	}
	dir, err := os.MkdirTemp("", "bothways-")
	if err != nil {
		return nil, fmt.Errorf("bothways: %w", err)
	}
	return &Home{limits: limits.withDefaults(), tools: tools, importcfg: std, dir: dir, cache: kept}, nil
}

// Close removes what was built.
func (h *Home) Close() error { return os.RemoveAll(h.dir) }

// toolDir gives the folder of the toolchain's tools.
func toolDir(ctx context.Context) (string, error) {
	out, err := goCommand(ctx, "env", "GOVERSION", "GOTOOLDIR")
	if err != nil {
		return "", err
	}
	version, dir, _ := strings.Cut(strings.TrimSpace(out), "\n")
	if version != runtime.Version() {
		return "", fmt.Errorf("the go command is of %s and this program was built by %s: "+
			"build it with the go command that is on PATH", version, runtime.Version())
	}
	return dir, nil
}

func goCommand(ctx context.Context, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "go", args...).Output()
	if err != nil {
		err = fmt.Errorf("go %s: %w", args[0], err)
	}
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		err = fmt.Errorf("%w: %s", err, failed.Stderr)
	}
	return string(out), err
}

// Run compiles and runs a program. What the compiler refuses is an outcome; the
// error is of this machine, or of ctx.
func (h *Home) Run(ctx context.Context, p *Program) (Outcome, error) {
	key, err := cacheKey(p, h.limits)
	if err != nil {
		return Outcome{}, fmt.Errorf("bothways: %s: %w", p.Name, err)
	}
	if out, found := h.cache.get(key); found {
		return out, nil
	}
	out, err := h.run(ctx, p)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil && !out.Unended {
		err = h.cache.put(key, out)
	}
	if err != nil {
		return Outcome{}, fmt.Errorf("bothways: %s: %w", p.Name, err)
	}
	return out, nil
}

func (h *Home) run(ctx context.Context, p *Program) (Outcome, error) {
	dir, err := os.MkdirTemp(h.dir, "")
	if err != nil {
		return Outcome{}, err
	}
	defer os.RemoveAll(dir)
	exe, err := h.build(ctx, dir, p)
	var refused *refusal
	if errors.As(err, &refused) {
		return Outcome{Refused: refused.text}, nil
	}
	if err != nil {
		return Outcome{}, err
	}
	return execute(ctx, h.limits, p.Dir, exe, p.Args...)
}

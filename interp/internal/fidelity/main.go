// Command fidelity measures how faithfully a far side runs Go source: it runs the
// programs of the toolchain's own tests compiled and on a popen far side, and
// compares what they print and how they end.
//
//	fidelity [-test folder] [-run regexp] [-v] [-list] [-json] [-j n] [-cache folder]
//
// It prints a table by folder and exits with status 1 if a program behaves
// differently. What each column means is said below the table.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"github.com/farside-go/farside/interp"
	"github.com/farside-go/farside/interp/internal/bothways"
)

func main() {
	interp.Main() // the far sides are this program
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	r, err := command(ctx, os.Args[1:], os.Stdout)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "fidelity:", err)
		os.Exit(2)
	case r.total().Different > 0:
		os.Exit(1)
	}
}

// maxOutput is enough for the largest program that a test prints.
const maxOutput = 16 << 20

// settings are what the command line says.
type settings struct {
	test, run, cache    string
	verbose, list, json bool
	jobs                int
	time                time.Duration
}

func parse(args []string) (*settings, error) {
	s := &settings{}
	flags := flag.NewFlagSet("fidelity", flag.ContinueOnError)
	flags.StringVar(&s.test, "test", "", "the `folder` of the tests (default: test in the toolchain's own folder)")
	flags.StringVar(&s.run, "run", "", "only programs whose names match this `regexp`, for example ^chan/")
	flags.StringVar(&s.cache, "cache", defaultCache(), "keep what compiled programs did in this `folder`; empty: keep nothing")
	flags.BoolVar(&s.verbose, "v", false, "say for each program that is refused or different why")
	flags.BoolVar(&s.list, "list", false, "say for every program what it came to")
	flags.BoolVar(&s.json, "json", false, "print everything as JSON instead")
	flags.IntVar(&s.jobs, "j", runtime.NumCPU(), "run `n` programs at once")
	flags.DurationVar(&s.time, "timeout", time.Minute, "stop a program after this long")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 || s.jobs < 1 {
		return nil, fmt.Errorf("it takes no arguments but flags, and -j of at least 1; see fidelity -help")
	}
	return s, nil
}

// defaultCache is "" where the user has no folder for caches.
func defaultCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "farside", "fidelity")
}

// command does what args say and prints it to w.
func command(ctx context.Context, args []string, w io.Writer) (*report, error) {
	s, err := parse(args)
	if err != nil {
		return nil, err
	}
	wanted, err := regexp.Compile(s.run)
	if err != nil {
		return nil, fmt.Errorf("-run: %w", err)
	}
	if s.test == "" {
		if s.test, err = toolchainTests(ctx); err != nil {
			return nil, err
		}
	}
	cases, err := findCases(s.test, wanted)
	if err != nil {
		return nil, err
	}
	limits := bothways.Limits{Time: s.time, Output: maxOutput}
	home, err := bothways.NewHome(ctx, limits, s.cache)
	if err != nil {
		return nil, err
	}
	defer home.Close()
	r := &report{}
	if r.Programs, err = runAll(ctx, home, limits, cases, s.jobs); err != nil {
		return nil, err
	}
	if s.json {
		out := json.NewEncoder(w)
		out.SetIndent("", "\t")
		return r, out.Encode(r)
	}
	r.print(w, s)
	return r, nil
}

// toolchainTests gives the folder of the toolchain's own tests.
func toolchainTests(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOROOT").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOROOT: %w", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(out)), "test")
	if _, err := os.Stat(dir); err != nil {
		return "", fmt.Errorf("this toolchain came without its tests: %w; "+
			"get the folder test of its source, for example from github.com/golang/go, and give it by -test", err)
	}
	return dir, nil
}

// Command difffuzz makes up small Go programs, runs them compiled and as source on
// a popen far side, and reports where the two differ.
//
//	difffuzz [-n programs] [-for duration] [-seed n] [-keep folder] [-j n] [-v]
//
// What it finds is stored in the folder that -keep names, made as small as it can
// be made: NAME.go is the program, NAME.txt what both ways did and the seed. Of
// findings that look alike only the first is stored. It exits with status 1 if
// programs differ.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"runtime"
	"time"

	"github.com/farside-go/farside/interp"
	"github.com/farside-go/farside/interp/internal/bothways"
)

func main() {
	interp.Main() // the far sides are this program
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	found, err := command(ctx, os.Args[1:], os.Stdout)
	stop()
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "difffuzz:", err)
		os.Exit(2)
	case found:
		os.Exit(1)
	}
}

// settings are what the command line says.
type settings struct {
	programs int
	time     time.Duration
	seed     uint64
	keep     string
	jobs     int
	batch    int
	limit    time.Duration
	shrink   time.Duration
}

func parse(args []string) (*settings, error) {
	s := &settings{}
	flags := flag.NewFlagSet("difffuzz", flag.ContinueOnError)
	flags.IntVar(&s.programs, "n", 0, "stop after this many `programs` (default: no bound)")
	flags.DurationVar(&s.time, "for", 0, "stop after this long (default: no bound; without -n, one minute)")
	flags.Uint64Var(&s.seed, "seed", 0, "the seed of the first program; the next have the next (default: a random one)")
	flags.StringVar(&s.keep, "keep", "difffuzz.out", "store what is found in this `folder`")
	flags.IntVar(&s.jobs, "j", runtime.NumCPU(), "work on `n` batches at once")
	flags.IntVar(&s.batch, "batch", 50, "compile this many `programs` into one executable")
	flags.DurationVar(&s.limit, "timeout", 20*time.Second, "stop a program after this long")
	flags.DurationVar(&s.shrink, "shrink", time.Minute, "spend at most this long on making a finding smaller")
	if err := flags.Parse(args); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 || s.jobs < 1 || s.batch < 1 || s.batch > 1000 || s.programs < 0 {
		return nil, errors.New("it takes no arguments but flags, -j of at least 1 and -batch from 1 to 1000; see difffuzz -help")
	}
	if s.programs == 0 && s.time == 0 {
		s.time = time.Minute
	}
	given := false
	flags.Visit(func(f *flag.Flag) { given = given || f.Name == "seed" })
	if !given {
		s.seed = rand.Uint64() >> 16 // short enough to be typed
	}
	return s, nil
}

// command does what args say, prints it to w, and reports whether programs
// differ.
func command(ctx context.Context, args []string, w io.Writer) (found bool, err error) {
	s, err := parse(args)
	if err != nil {
		return false, err
	}
	home, err := bothways.NewHome(ctx, bothways.Limits{Time: s.limit}, "")
	if err != nil {
		return false, err
	}
	defer home.Close()
	f := &fuzzer{settings: s, home: home, checker: bothways.NewChecker(), out: w, seen: map[string][]uint64{}}
	fmt.Fprintf(w, "from seed %d\n", s.seed)
	if err := f.run(ctx); err != nil {
		return false, err
	}
	f.summary()
	return f.counts[bothways.Different] > 0, nil
}

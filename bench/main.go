// Command bench measures farside side by side with its floor, raw Go over a
// socket pair between two processes, and with Python's execnet. All are measured
// in one run, in turns; the figures are medians. Run it pinned to one CPU, as
// make bench does.
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/farside-go/farside/interp"
	"github.com/farside-go/farside/worker"
)

func main() {
	if os.Getenv(nativeVariable) != "" {
		worker.MainWith(func() *worker.Options { return &worker.Options{Engine: native{}} })
	}
	floorMain()
	interp.Main()
	rounds := flag.Int("rounds", 7, "measure each figure `n` times and take the median; at least 5")
	quick := flag.Bool("quick", false, "one short round, to see that it runs; the figures mean nothing")
	only := flag.String("only", "", "measure only rows whose work contains `text`")
	flag.Parse()
	if err := run(max(*rounds, 5), *quick, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// A figure is one row of the table.
type figure struct {
	work    string
	unit    string
	more    bool // more is better
	floor   func(scale int) (float64, error)
	farside func(scale int) (float64, error)
	execnet func(scale int) (float64, error)
	reach   string
	reached func(floor, farside, execnet float64) bool
}

func run(rounds int, quick bool, only string) error {
	scale := 1
	if quick {
		rounds, scale = 1, 50
	}
	hosts, err := startHosts()
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench: the rows of ssh are left out:", err)
	} else {
		defer hosts.close()
		os.Setenv("FARSIDE_BENCH_SSH_CONFIG", hosts.path("config")) // for execnet
	}
	peer, err := startExecnet()
	if err != nil {
		return err
	}
	defer peer.close()
	server, err := startServer()
	if err != nil {
		return err
	}
	defer server.close()
	var rows [][]string
	for _, f := range figures(peer, server, hosts) {
		if !strings.Contains(f.work, only) {
			continue
		}
		row, err := f.measure(rounds, scale)
		if err != nil {
			return fmt.Errorf("%s: %w", f.work, err)
		}
		rows = append(rows, row)
		fmt.Fprintln(os.Stderr, strings.Join(row, "  "))
	}
	printTable(rows, peer.version)
	return nil
}

// measure gives the row: the peers take turns in each round.
func (f figure) measure(rounds, scale int) ([]string, error) {
	peers := []func(int) (float64, error){f.floor, f.farside, f.execnet}
	values := make([][]float64, len(peers))
	for range rounds {
		for i, measure := range peers {
			if measure == nil {
				continue
			}
			v, err := measure(scale)
			if err != nil {
				return nil, err
			}
			values[i] = append(values[i], v)
		}
	}
	floor, farside, execnet := median(values[0]), median(values[1]), median(values[2])
	verdict := "yes"
	if !f.reached(floor, farside, execnet) {
		verdict = "no"
	}
	return []string{f.work, f.show(floor), f.show(farside), f.show(execnet),
		ratio(farside, floor), ratio(farside, execnet), f.reach, verdict}, nil
}

// native is an engine whose programs are compiled into this command, to measure
// channels without the interpreter.
type native struct{}

const nativeVariable = "FARSIDE_BENCH_NATIVE"

func (native) Import(string, fs.FS) error { return fs.ErrInvalid }

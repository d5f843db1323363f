package main

import (
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"slices"
	"sync"
	"text/tabwriter"

	"github.com/farside-go/farside/interp/internal/bothways"
)

// A report is what a run of the suite came to.
type report struct {
	Programs []result `json:"programs"`
}

// A row counts the programs of one folder.
type row struct{ Same, Refused, Different, Unsafe, Outside int }

func (r *row) add(v bothways.Verdict) {
	switch v {
	case bothways.Same:
		r.Same++
	case bothways.Refused:
		r.Refused++
	case bothways.Different:
		r.Different++
	case isUnsafe:
		r.Unsafe++
	default:
		r.Outside++
	}
}

// percent is how many of those that were compared are the same.
func (r *row) percent() string {
	compared := r.Same + r.Refused + r.Different
	if compared == 0 {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(r.Same)/float64(compared))
}

func (r *report) total() (all row) {
	for _, p := range r.Programs {
		all.add(p.Verdict)
	}
	return all
}

// folders counts by folder.
func (r *report) folders() map[string]*row {
	rows := map[string]*row{}
	for _, p := range r.Programs {
		folder := path.Dir(p.Name)
		if rows[folder] == nil {
			rows[folder] = &row{}
		}
		rows[folder].add(p.Verdict)
	}
	return rows
}

const legend = `
same:       the same output, exit status and first line of a panic
refused:    the far side says before the start that it does not run it
different:  anything else
unsafe:     not run, because it imports unsafe
outside:    not run: random or timed output, the inside of the compiler or of the
            runtime, flags of the toolchain; -list gives each with its reason
`

// print prints the programs that are asked for and then the table.
func (r *report) print(w io.Writer, s *settings) {
	for _, p := range r.Programs {
		bad := p.Verdict == bothways.Refused || p.Verdict == bothways.Different
		if s.list || s.verbose && bad {
			fmt.Fprintf(w, "%-10s %s", p.Verdict, p.Name)
			if p.Why != "" {
				fmt.Fprintf(w, ": %s", p.Why)
			}
			fmt.Fprintln(w)
		}
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "same\trefused\tdifferent\tsame of these\tunsafe\toutside\t  folder")
	rows := r.folders()
	for _, folder := range slices.Sorted(maps.Keys(rows)) {
		rows[folder].print(table, folder)
	}
	all := r.total()
	all.print(table, "all")
	table.Flush()
	fmt.Fprint(w, legend)
}

func (r *row) print(w io.Writer, name string) {
	fmt.Fprintf(w, "%d\t%d\t%d\t%s\t%d\t%d\t  %s\n", r.Same, r.Refused, r.Different, r.percent(), r.Unsafe, r.Outside, name)
}

// A progress shows on a terminal how far the run is.
type progress struct {
	w     io.Writer // nil if it is no terminal
	total int

	mu   sync.Mutex
	done int
	row  row
}

func newProgress(file *os.File, total int) *progress {
	p := &progress{total: total}
	if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
		p.w = file
	}
	return p
}

func (p *progress) add(r result) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	p.row.add(r.Verdict)
	if p.w != nil {
		fmt.Fprintf(p.w, "\r%d of %d: %d same, %d refused, %d different ",
			p.done, p.total, p.row.Same, p.row.Refused, p.row.Different)
	}
}

// clear takes the line away.
func (p *progress) clear() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

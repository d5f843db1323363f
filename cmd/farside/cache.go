package main

import (
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
)

func cacheCommand(t *terminal) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "cache",
		Short: "Show and prune the programs that are kept on this machine, or on another",
		Long: `Programs that were built for far sides are kept, so that they are compiled once, and
so are the workers of far sides that were started on this machine. On the machine of a
far side, which --on names, the programs are kept that were sent there. Whatever is
removed is built, or sent, again when it is needed.`,
		Example: `  farside cache list
  farside cache prune --older-than 7d
  farside cache size --on ssh=HOST`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(cacheListCommand(t), cacheSizeCommand(t), cachePruneCommand(t))
	return cmd
}

func cacheListCommand(t *terminal) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List them, what was not used for longest first",
		Example: "  farside cache list",
		Args:    usage(cobra.NoArgs),
	}
	onShelves(cmd, t, func(shelves []shelf) error { return listShelves(shelves, t) })
	return cmd
}

func listShelves(shelves []shelf, t *terminal) error {
	table := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "KIND\tWHAT\tFOR\tSIZE\tLAST USED\tHASH")
	for _, s := range shelves {
		all, err := s.list()
		if err != nil {
			return err
		}
		for _, k := range all {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%.12s\n", strings.TrimSuffix(s.name, "s"), orDash(k.what), orDash(k.target),
				megabytes(k.size), k.used.Format(time.DateTime), k.hash)
		}
	}
	return table.Flush()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func cacheSizeCommand(t *terminal) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "size",
		Short:   "Tell how much room they take, and where",
		Example: "  farside cache size",
		Args:    usage(cobra.NoArgs),
	}
	onShelves(cmd, t, func(shelves []shelf) error { return sizeShelves(shelves, t) })
	return cmd
}

func sizeShelves(shelves []shelf, t *terminal) error {
	table := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
	var total int64
	for _, s := range shelves {
		all, err := s.list()
		if err != nil {
			return err
		}
		total += sizeOf(all)
		fmt.Fprintf(table, "%s\t%d\t%s\t%s\n", s.name, len(all), megabytes(sizeOf(all)), s.place)
	}
	fmt.Fprintf(table, "total\t\t%s\t\n", megabytes(total))
	return table.Flush()
}

// idle is how long a program is kept that nobody uses, if nothing else is said.
const idle = 30 * 24 * time.Hour

func cachePruneCommand(t *terminal) *cobra.Command {
	var all bool
	var older, size string
	cmd := &cobra.Command{
		Use:   "prune",
		Short: "Remove those that were not used for 30 days, or what the flags say",
		Long: `prune removes programs, beginning with those that were not used for longest: without
flags those that were not used for 30 days. What is in use stays.`,
		Example: `  farside cache prune
  farside cache prune --older-than 12h
  farside cache prune --max-size 500MB
  farside cache prune --all`,
		Args: usage(cobra.NoArgs),
	}
	cmd.Flags().BoolVar(&all, "all", false, "remove all")
	cmd.Flags().StringVar(&older, "older-than", "", "remove those that were last used before this `duration`, such as 12h or 30d")
	cmd.Flags().StringVar(&size, "max-size", "", "remove until no more than this `size` is left of each kind, such as 500MB or 2GB")
	cmd.MarkFlagsMutuallyExclusive("all", "older-than")
	cmd.MarkFlagsMutuallyExclusive("all", "max-size")
	var p pruning
	cmd.PreRunE = func(*cobra.Command, []string) (err error) {
		if p, err = parsePruning(all, older, size, time.Now()); err != nil {
			return usageError{err}
		}
		return nil
	}
	onShelves(cmd, t, func(shelves []shelf) error { return pruneShelves(shelves, p, t) })
	return cmd
}

func pruneShelves(shelves []shelf, p pruning, t *terminal) error {
	for _, s := range shelves {
		removed, err := s.prune(p)
		if err != nil {
			return err
		}
		left, err := s.list()
		if err != nil {
			return err
		}
		fmt.Fprintf(t.out, "%s: %d removed, %s; %d left, %s\n", s.name, len(removed), megabytes(sizeOf(removed)), len(left), megabytes(sizeOf(left)))
	}
	return nil
}

// parsePruning reads the flags of prune.
func parsePruning(all bool, older, size string, now time.Time) (p pruning, err error) {
	p.limit = -1
	switch {
	case all:
		p.limit = 0
	case older == "" && size == "":
		p.before = now.Add(-idle)
	}
	if older != "" {
		age, err := parseAge(older)
		if err != nil {
			return p, fmt.Errorf("--older-than: %w", err)
		}
		p.before = now.Add(-age)
	}
	if size != "" {
		if p.limit, err = parseSize(size); err != nil {
			return p, fmt.Errorf("--max-size: %w", err)
		}
	}
	return p, nil
}

// parseAge reads a duration, which may be one of days.
func parseAge(text string) (time.Duration, error) {
	if digits, ok := strings.CutSuffix(text, "d"); ok {
		days, err := strconv.ParseUint(digits, 10, 16)
		if err != nil {
			return 0, fmt.Errorf("%q is no duration, such as 12h or 30d", text)
		}
		return time.Duration(days) * 24 * time.Hour, nil
	}
	age, err := time.ParseDuration(text)
	if err != nil || age < 0 {
		return 0, fmt.Errorf("%q is no duration, such as 12h or 30d", text)
	}
	return age, nil
}

// units of sizes; those that end as another does come first.
var units = []struct {
	name  string
	bytes float64
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"kB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"B", 1}, {"", 1}}

func parseSize(text string) (int64, error) {
	for _, unit := range units {
		digits, ok := strings.CutSuffix(text, unit.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if err != nil || !(n >= 0 && n*unit.bytes < 1<<62) {
			break
		}
		return int64(n * unit.bytes), nil
	}
	return 0, fmt.Errorf("%q is no size, such as 500MB or 2GiB", text)
}

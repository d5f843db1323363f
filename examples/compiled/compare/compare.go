// Package compare is what the example has its far side do: it compares two files there.
// It uses two modules, which are inside of what is sent.
package compare

import (
	"context"
	"os"
	"os/exec"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/rogpeppe/go-internal/diff"

	"github.com/farside-go/farside/channel"
)

// Files sends what differs between two files of its machine, by lines that are so many
// columns wide at most.
func Files(ctx context.Context, ch *channel.Channel, from, to string, width int) error {
	before, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	after, err := os.ReadFile(to)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(diff.Diff("before", before, "after", after))) {
		line = runewidth.Truncate(strings.TrimSuffix(line, "\n"), width, "…")
		if err := ch.Send(ctx, line); err != nil {
			return err
		}
	}
	_, err = exec.LookPath("go")
	return ch.Set(ctx, map[string]any{"toolchain": err == nil})
}

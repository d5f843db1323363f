package bothways

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
)

// entry is what the programs of a batch are called by.
const entry = "BatchEntry"

// The packages of a batch keep the name main, which values print, and only their
// paths differ. The paths stand in the names of types that have type arguments;
// they are as long as main, so that a path can be made main in what was printed.
const batchMax = 1000

var batchPath = regexp.MustCompile(`\bm\d\d\d\.`)

func pathInBatch(i int) string { return fmt.Sprintf("m%03d", i) }

func outOfBatch(text string) string { return batchPath.ReplaceAllString(text, "main.") }

// RunBatch compiles programs into one executable, because linking is most of the
// work, and runs each in a process of its own. The variables of all are
// initialised in each, which must not print anything. They may not have packages
// of their own, and nothing is kept. There are at most 1,000.
func (h *Home) RunBatch(ctx context.Context, programs []*Program) ([]Outcome, error) {
	if len(programs) > batchMax {
		return nil, fmt.Errorf("bothways: batch: %d programs: make several batches of at most %d", len(programs), batchMax)
	}
	dir, err := os.MkdirTemp(h.dir, "")
	if err != nil {
		return nil, fmt.Errorf("bothways: batch: %w", err)
	}
	defer os.RemoveAll(dir)
	outcomes := make([]Outcome, len(programs))
	exe, err := h.buildBatch(ctx, dir, programs, outcomes)
	if err != nil {
		return nil, fmt.Errorf("bothways: batch: %w", err)
	}
	for i, p := range programs {
		if outcomes[i].Refused != "" {
			continue
		}
		outcomes[i], err = execute(ctx, h.limits, p.Dir, exe, append([]string{strconv.Itoa(i)}, p.Args...)...)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, fmt.Errorf("bothways: batch: %s: %w", p.Name, err)
		}
		for _, text := range []*string{&outcomes[i].Stdout, &outcomes[i].Stderr, &outcomes[i].Crash} {
			*text = outOfBatch(*text)
		}
	}
	return outcomes, nil
}

// buildBatch notes in outcomes what does not compile, and makes an executable of
// the rest. Its first argument says which program to run.
func (h *Home) buildBatch(ctx context.Context, dir string, programs []*Program, outcomes []Outcome) (string, error) {
	b := &build{ctx: ctx, tools: h.tools, dir: dir, importcfg: h.importcfg}
	var imports, cases strings.Builder
	for i, p := range programs {
		name := pathInBatch(i)
		text := p.Main + "\nfunc " + entry + "() { main() }\n"
		err := b.compile(Package{Path: name, Files: []File{{Name: p.Name, Text: text}}})
		if refused, ok := errors.AsType[*refusal](err); ok {
			outcomes[i].Refused = refused.text
			continue
		}
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&imports, "import %s %q\n", name, name)
		fmt.Fprintf(&cases, "\tcase \"%d\":\n\t\t%s.%s()\n", i, name, entry)
	}
	text := "package main\n\nimport \"os\"\n\n" + imports.String() + "\nfunc main() {\n" +
		"\tname := os.Args[1]\n\tos.Args = append(os.Args[:1], os.Args[2:]...)\n" +
		"\tswitch name {\n" + cases.String() + "\t}\n}\n"
	if err := b.compile(Package{Path: "main", Files: []File{{Name: "batch.go", Text: text}}}); err != nil {
		return "", err
	}
	return b.link()
}

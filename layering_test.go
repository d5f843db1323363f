package farside_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const modulePath = "github.com/farside-go/farside"

// allowed says which of our packages each package may import, and which of other
// modules. It is docs/adr/0001's table. Tests may import what they like.
var allowed = map[string]struct{ ours, others []string }{
	"internal/child":      {[]string{"internal/proctree", "internal/reexec", "internal/signals", "internal/stdio", "internal/twoway"}, nil},
	"internal/signals":    {},
	"internal/farproc":    {[]string{"channel", "internal/proctree", "internal/request", "internal/signals", "internal/stdio"}, nil},
	"internal/memory":     {},
	"internal/filelock":   {},
	"internal/pin":        {[]string{"internal/filelock"}, nil},
	"internal/sshpattern": {},
	"internal/peers":      {},
	"internal/sshconfig":  {[]string{"internal/sshpattern"}, nil},
	"internal/knownhosts": {[]string{"internal/filelock", "internal/sshpattern"}, []string{sshPath, sshPath + "/knownhosts"}},
	"internal/sshauth":    {[]string{"internal/sshconfig"}, []string{sshPath, sshPath + "/agent"}},
	"internal/sshdial": {[]string{"internal/knownhosts", "internal/proxycommand", "internal/sshauth", "internal/sshconfig", "internal/sshpattern"},
		[]string{sshPath}},
	"internal/proxycommand":        {[]string{"internal/proctree", "internal/stdio"}, nil},
	"internal/proctree":            {},
	"internal/reexec":              {},
	"internal/standard":            {},
	"internal/stdio":               {},
	"internal/version":             {},
	"internal/version/infile":      {[]string{"internal/version"}, nil},
	"internal/warm":                {},
	"internal/workerbin":           {[]string{"internal/gobuild", "internal/reexec", "internal/store"}, nil},
	"internal/request":             {[]string{"channel"}, nil},
	"internal/farfunc":             {[]string{"channel"}, nil},
	"internal/registry":            {[]string{"internal/farfunc"}, nil},
	"internal/farsidetest":         {[]string{"channel", "gateway", "worker", "interp"}, []string{"go.uber.org/goleak", sshPath}},
	"internal/farsidetest/farcode": {[]string{"channel"}, nil},
	"internal/hello":               {},
	"internal/stamp":               {},
	"internal/store":               {[]string{"internal/stamp"}, nil},
	"internal/inputs":              {[]string{"internal/stamp"}, nil},
	"internal/gotool":              {[]string{"internal/proctree"}, nil},
	"internal/gohome":              {[]string{"internal/gotool", "internal/version"}, nil},
	"internal/libnames":            {},
	"internal/farmain":             {[]string{"internal/form", "internal/libnames"}, nil},
	"internal/gobuild": {[]string{"internal/farmain", "internal/filelock", "internal/form", "internal/gohome", "internal/gotool", "internal/inputs", "internal/stamp",
		"internal/store", "internal/version"}, nil},
	"internal/streamconn": {[]string{"channel"}, nil},
	"internal/seal":       {},
	"internal/relay":      {[]string{"internal/child", "internal/hello", "internal/stdio"}, nil},
	"internal/opening":    {[]string{"internal/hello", "internal/relay", "internal/store"}, []string{zstdPath}},
	"internal/socket":     {[]string{"internal/hello", "internal/opening", "internal/pin", "internal/relay", "internal/seal", "internal/version", "internal/workerbin"}, nil},
	"internal/reach":      {[]string{"internal/pin"}, nil},
	"internal/twoway":     {},
	"internal/stagezero":  {[]string{"internal/hello", "internal/relay", "internal/workerbin"}, []string{zstdPath, gzipPath}},
	"bootstrap":           {[]string{"internal/opening", "internal/pin", "internal/relay", "internal/store", "internal/version/infile", "internal/workerbin"}, []string{"golang.org/x/sys/unix"}},
	"socketserver":        {[]string{"bootstrap", "worker", "internal/pin", "internal/version", "internal/version/infile"}, []string{"github.com/spf13/cobra"}},
	"internal/keep":       {[]string{"channel", "internal/request", "internal/store"}, nil},
	"gateway": {[]string{"channel", "internal/child", "internal/farproc", "internal/gobuild", "internal/hello", "internal/keep", "internal/pin", "internal/reach", "internal/registry", "internal/relay",
		"internal/request", "internal/signals", "internal/socket", "internal/sshauth", "internal/sshdial", "internal/stagezero", "internal/stdio", "internal/streamconn", "internal/workerbin"}, nil},
	"worker": {[]string{"channel", "internal/child", "internal/farfunc", "internal/farproc", "internal/hello", "internal/keep", "internal/memory", "internal/proctree", "internal/reexec", "internal/registry",
		"internal/relay", "internal/request", "internal/seal", "internal/standard", "internal/stdio", "internal/store", "internal/streamconn", "internal/twoway", "internal/version", "internal/warm"}, nil},
	"internal/item":          {[]string{"internal/item/decode", "internal/item/encode", "internal/item/fail", "internal/item/form", "internal/item/rawcbor"}, nil},
	"internal/item/decode":   {[]string{"internal/item/fail", "internal/item/form", "internal/item/rawcbor"}, nil},
	"internal/item/encode":   {[]string{"internal/item/fail", "internal/item/form", "internal/item/rawcbor"}, nil},
	"internal/item/fail":     {},
	"internal/item/form":     {[]string{"internal/item/fail", "internal/item/rawcbor"}, nil},
	"internal/item/itemtest": {[]string{"internal/item"}, nil},
	"internal/item/rawcbor":  {[]string{"internal/item/fail"}, []string{"github.com/fxamacker/cbor/v2"}},
	"internal/batch":         {[]string{"internal/warm"}, nil},
	"internal/binding":       {[]string{"internal/protocol"}, nil},
	"internal/callback":      {[]string{"internal/framed", "internal/protocol"}, nil},
	"internal/framed":        {[]string{"internal/batch", "internal/protocol", "internal/warm", "internal/wire"}, nil},
	"internal/protocol":      {},
	"internal/wire":          {nil, []string{"github.com/hashicorp/yamux"}},
	"channel":                {[]string{"internal/binding", "internal/callback", "internal/framed", "internal/item", "internal/protocol"}, nil},
	"interp": {[]string{"bootstrap", "channel", "gateway", "worker", "internal/farfunc", "interp/stdlib", "interp/internal/check", "interp/internal/compile",
		"interp/internal/embedded", "internal/form", "interp/internal/generic", nativePath, "interp/internal/process",
		"interp/internal/reflected", "interp/internal/rtype", "interp/internal/vm"}, nil},
	"internal/form":             {},
	"internal/workerbin/full":   {[]string{"interp"}, nil},
	"internal/workerbin/lean":   {[]string{"worker"}, nil},
	"interp/internal/reflected": {[]string{"interp/internal/check"}, nil},
	"interp/internal/process":   {[]string{"interp/internal/vm", "interp/stdlib"}, nil},
	"interp/internal/embedded":  {},
	"interp/internal/rtype":     {},
	"interp/internal/vm":        {[]string{"internal/memory", "interp/internal/rtype"}, nil},
	opsPath + "move":            {[]string{"interp/internal/rtype", "interp/internal/vm"}, nil},
	opsPath + "basic":           {[]string{opsPath + "move", "interp/internal/rtype", "interp/internal/vm"}, nil},
	opsPath + "composite":       {[]string{opsPath + "move", "interp/internal/rtype", "interp/internal/vm"}, nil},
	opsPath + "call":            {[]string{opsPath + "move", "interp/internal/rtype", "interp/internal/vm"}, nil},
	"interp/internal/typemap":   {[]string{"interp/internal/rtype"}, []string{"golang.org/x/tools/go/types/typeutil"}},
	escapePath:                  {},
	framePath:                   {[]string{"interp/internal/rtype", "interp/internal/vm", opsPath + "composite", opsPath + "move"}, nil},
	"interp/internal/compile": {[]string{escapePath, framePath, "interp/internal/rtype", "interp/internal/vm", "interp/internal/typemap",
		opsPath + "move", opsPath + "basic", opsPath + "composite", opsPath + "call"}, nil},
	"interp/internal/difffuzz":         {[]string{"interp", "interp/internal/bothways", "interp/internal/difffuzz/grammar", "interp/internal/difffuzz/shrink"}, nil},
	"interp/internal/difffuzz/grammar": {[]string{"interp/internal/difffuzz/model", "interp/internal/difffuzz/scene"}, nil},
	"interp/internal/difffuzz/model":   {},
	"interp/internal/difffuzz/scene":   {},
	"interp/internal/difffuzz/shrink":  {},
	"interp/stdlib":                    {},
	"interp/internal/gensymbols":       {[]string{"interp/internal/exportdata", formatPath}, nil},
	"interp/internal/gennames":         {[]string{"interp/internal/exportdata", "interp/stdlib"}, nil},
	"interp/internal/exportdata":       {[]string{formatPath}, nil},
	"interp/internal/genexport":        {[]string{formatPath}, nil},
	"interp/internal/check":            {[]string{"interp/internal/exportdata", formatPath, wordingPath}, nil},
	wordingPath:                        {},
	formatPath:                         {},
	"interp/internal/generic":          {[]string{"interp/internal/check"}, nil},
	"interp/internal/gengeneric":       {},
	nativePath:                         {[]string{"channel", "gateway"}, nil},
	ownPath + "gateway":                {[]string{"channel", "gateway", nativePath}, nil},
	"interp/internal/bothways":         {[]string{"channel", "gateway", "internal/proctree"}, nil},
	"interp/internal/fidelity":         {[]string{"interp", "interp/internal/bothways"}, nil},
	"cmd/farside":                      {[]string{"channel", "gateway", "interp", "internal/gobuild", "internal/hello", "internal/store", "internal/streamconn", "internal/version", "internal/version/infile"}, []string{"github.com/spf13/cobra", "github.com/peterh/liner", "golang.org/x/sys/unix", "golang.org/x/term"}},
	".":                                {},
}

const (
	zstdPath    = "github.com/klauspost/compress/zstd"
	gzipPath    = "github.com/klauspost/compress/gzip"
	sshPath     = "golang.org/x/crypto/ssh"
	wordingPath = "interp/internal/check/wording"
	formatPath  = "interp/internal/exportdata/format"
	nativePath  = "interp/internal/generic/native"
	escapePath  = "interp/internal/compile/escape"
	framePath   = "interp/internal/compile/frame"
	opsPath     = "interp/internal/ops/"
	ownPath     = "interp/internal/generic/own/" // what stands here stands for a package of the same name
)

// ruleFor gives what a package may import, and whether anybody has said so.
func ruleFor(pkg string) (rule struct{ ours, others []string }, known bool) {
	if rule, known = allowed[pkg]; !known && strings.HasPrefix(pkg, ownPath) {
		rule.ours = []string{nativePath, strings.TrimPrefix(pkg, ownPath)}
		return rule, true
	}
	return rule, known
}

// unreachable says what a package must not link, by any way.
var unreachable = map[string][]string{
	"socketserver": {"interp"}, // it is to be small while it waits
	"channel":      {"bootstrap", "gateway", "worker", "interp"},
	"bootstrap":    {"gateway", "worker", "interp"},
	"gateway":      {"worker", "interp"},                               // opening gateways must not cost an interpreter
	"worker":       {"gateway", "interp", "bootstrap", "internal/pin"}, // TLS is for those who serve sockets
}

// onlyImporters says who alone may import a module.
var onlyImporters = map[string][]string{
	"github.com/hashicorp/yamux":   {"internal/wire"},
	zstdPath:                       {"internal/opening", "internal/stagezero"},
	"github.com/fxamacker/cbor/v2": {"internal/item/rawcbor"},
}

// The files are parsed here: a test that asks the go command is answered from the
// test cache after a forbidden import was added.
func TestImportsKeepTheLayers(t *testing.T) {
	packages := importsOf(t, ".")
	if len(packages) < 10 {
		t.Fatalf("found only %d packages", len(packages))
	}
	for _, pkg := range slices.Sorted(maps.Keys(packages)) {
		rule, known := ruleFor(pkg)
		if !known && !strings.HasPrefix(pkg, "examples/") {
			t.Errorf("%s is not in the table of layers", pkg)
		}
		for _, imported := range packages[pkg] {
			ours, isOurs := strings.CutPrefix(imported, modulePath+"/")
			switch {
			case strings.HasPrefix(pkg, "examples/"):
				if strings.Contains(imported, "/internal/") && isOurs {
					t.Errorf("%s imports %s: examples use public packages", pkg, imported)
				}
			case isOurs && !slices.Contains(rule.ours, ours):
				t.Errorf("%s may not import %s", pkg, ours)
			case !isOurs && strings.Contains(imported, ".") && !slices.Contains(rule.others, imported):
				t.Errorf("%s may not import %s", pkg, imported)
			}
			if only := onlyImporters[imported]; only != nil && !slices.Contains(only, pkg) {
				t.Errorf("%s imports %s, which only %v may", pkg, imported, only)
			}
		}
	}
}

func TestNothingReachesTheInterpreterUnasked(t *testing.T) {
	packages := importsOf(t, ".")
	for pkg, banned := range unreachable {
		reached := map[string]bool{}
		reach(packages, pkg, reached)
		for _, other := range banned {
			if reached[other] {
				t.Errorf("%s reaches %s", pkg, other)
			}
		}
	}
}

func reach(packages map[string][]string, pkg string, reached map[string]bool) {
	for _, imported := range packages[pkg] {
		if ours, ok := strings.CutPrefix(imported, modulePath+"/"); ok && !reached[ours] {
			reached[ours] = true
			reach(packages, ours, reached)
		}
	}
}

// importsOf gives the imports of every package's own files, tests left out.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	packages := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return skipDir(name, entry)
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(name))
		imports := packages[pkg]
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if !slices.Contains(imports, imported) {
				imports = append(imports, imported)
			}
		}
		packages[pkg] = imports
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return packages
}

// skipDir leaves out hidden folders, test data and nested modules.
func skipDir(name string, entry fs.DirEntry) error {
	if name == "." {
		return nil
	}
	_, err := os.Stat(filepath.Join(name, "go.mod"))
	if err == nil || strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata" {
		return filepath.SkipDir
	}
	return nil
}

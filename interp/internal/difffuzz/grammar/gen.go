package grammar

import (
	"fmt"
	"go/format"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
	"github.com/farside-go/farside/interp/internal/difffuzz/scene"
)

// scenesMax is how many scenes a program has at most.
const scenesMax = 4

// A gen makes one program.
type gen struct {
	*model.Universe
	count   int               // of the names made
	imports map[string]bool   // by path
	top     []string          // declarations
	helpers map[string]string // names by text
	pure    []*model.Function
}

// Program makes the program of a seed: the text of a package main. The same seed
// always gives the same text.
func Program(seed uint64) string {
	g := &gen{Universe: model.NewUniverse(rand.New(rand.NewPCG(seed, 0))), imports: map[string]bool{}, helpers: map[string]string{}}
	for range 2 + g.Rand.IntN(4) {
		g.declareType()
	}
	for range 1 + g.Rand.IntN(3) {
		g.declarePure()
	}
	var main strings.Builder
	for range 2 + g.Rand.IntN(scenesMax-1) {
		main.WriteString(g.scene() + "\n")
	}
	main.WriteString(g.last())
	g.declare("func main() {\n" + main.String() + "}")
	return g.render()
}

// scene declares a function for one scene and gives the call of it.
func (g *gen) scene() string {
	b := &body{g: g, mult: 1}
	b.variables()
	if g.One(4) {
		b.block(4 + g.Rand.IntN(6))
	} else {
		b.play(model.Pick(g.Universe, scene.All()))
	}
	b.block(g.Rand.IntN(3))
	name := g.name("scene")
	g.declare("func " + name + "() {\n" + b.text() + "}")
	return name + "()"
}

// last gives what main ends with: mostly nothing, sometimes a crash or a status.
func (g *gen) last() string {
	if !g.One(8) {
		return ""
	}
	b := &body{g: g, mult: 1}
	b.play(model.Pick(g.Universe, scene.Ends()))
	return b.text()
}

// render gives the whole text.
func (g *gen) render() string {
	var out strings.Builder
	out.WriteString("package main\n\n")
	for _, path := range slices.Sorted(maps.Keys(g.imports)) {
		fmt.Fprintf(&out, "import %q\n", path)
	}
	for _, decl := range g.top {
		out.WriteString("\n" + decl + "\n")
	}
	text, err := format.Source([]byte(out.String()))
	if err != nil {
		return out.String() // the checker will say where it is wrong
	}
	return string(text)
}

// packages are those that programs use, by name.
var packages = map[string]string{
	"atomic": "sync/atomic", "bits": "math/bits", "bytes": "bytes", "cmp": "cmp", "errors": "errors", "fmt": "fmt",
	"iter": "iter", "maps": "maps", "math": "math", "os": "os", "runtime": "runtime", "slices": "slices", "sort": "sort",
	"strconv": "strconv", "strings": "strings", "sync": "sync", "utf8": "unicode/utf8",
}

// used finds the names of packages. All other names in front of a dot have a
// number or are shorter.
var used = regexp.MustCompile(`\b[a-z]\w+\.`)

// declare adds a declaration, and imports what it uses.
func (g *gen) declare(text string) {
	for _, name := range used.FindAllString(text, -1) {
		if path := packages[strings.TrimSuffix(name, ".")]; path != "" {
			g.imports[path] = true
		}
	}
	g.top = append(g.top, text)
}

// name makes a name that is used nowhere else.
func (g *gen) name(prefix string) string {
	g.count++
	return prefix + strconv.Itoa(g.count)
}

// helper gives the name of a function that is declared when it is first needed.
// text says what it is, with NAME for the name.
func (g *gen) helper(prefix, text string) string {
	if name := g.helpers[text]; name != "" {
		return name
	}
	name := g.name(prefix)
	g.helpers[text] = name
	g.declare(strings.ReplaceAll(text, "NAME", name))
	return name
}

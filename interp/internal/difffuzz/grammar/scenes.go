package grammar

import (
	"embed"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// The scenes are texts with blanks, several in a file. One begins with a line
//
//	-- its name --
//
// and consists of statements. Declarations may stand before them, ended by a line
// "main:", and in front of all, lines "with NAME SORT" give names to types that
// are chosen anew each time. The blanks are:
//
//	$x        a new name, the same for each $x of the scene
//	"#        a number in front of what is printed, to find the place by
//	{T}       the type T
//	@T        an expression of the type T, which may be a basic one
//	@!T       one that is not constant
//	@-T       one that prints nothing, for where printing has no fixed place
//	{block}   some statements
//	{let x T} nothing, but from here on expressions may use the variable x
//	{var x T} the same, and statements may assign to it
//	{end}     nothing, but what was let is forgotten
//	{try}     a function that calls another and prints how it panicked
//	«a¦b»     one of a and b, which have no blanks but names and types
//	«1-9»     one of these numbers
//
//go:embed scenes/*.txt ends.txt
var sceneFiles embed.FS

// A scene is a text with blanks.
type scene struct {
	name string
	with [][2]string // names and sorts of types
	top  string      // declarations
	main string      // statements
}

var (
	scenes = sync.OnceValue(func() []*scene { return readScenes("scenes/*.txt") })
	ends   = sync.OnceValue(func() []*scene { return readScenes("ends.txt") })
)

var sceneHead = regexp.MustCompile(`(?m)^-- (.+) --\n`)

func readScenes(pattern string) (out []*scene) {
	names, err := fs.Glob(sceneFiles, pattern)
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		data, err := fs.ReadFile(sceneFiles, name)
		if err != nil {
			panic(err) // the file is part of this program
		}
		text := string(data)
		heads := sceneHead.FindAllStringSubmatchIndex(text, -1)
		for i, head := range heads {
			end := len(text)
			if i+1 < len(heads) {
				end = heads[i+1][0]
			}
			out = append(out, newScene(text[head[2]:head[3]], text[head[1]:end]))
		}
	}
	return out
}

func newScene(name, text string) *scene {
	s := &scene{name: name}
	for {
		line, rest, _ := strings.Cut(text, "\n")
		words := strings.Fields(line)
		if len(words) != 3 || words[0] != "with" {
			break
		}
		s.with, text = append(s.with, [2]string{words[1], words[2]}), rest
	}
	var found bool
	if s.top, s.main, found = strings.Cut(text, "main:\n"); !found {
		s.top, s.main = "", text
	}
	return s
}

// sorts are the types that a scene can ask for.
var sorts = map[string]func(*gen) *typ{
	"value":      func(g *gen) *typ { return g.valueType(2) },
	"basic":      func(g *gen) *typ { return g.basicType() },
	"named":      func(g *gen) *typ { return pick(g, g.named) },
	"int":        func(g *gen) *typ { return g.intType() },
	"number":     func(g *gen) *typ { return g.typeWhere((*typ).isNumber) },
	"float":      func(g *gen) *typ { return g.typeWhere((*typ).isFloat) },
	"ordered":    func(g *gen) *typ { return g.typeWhere((*typ).isOrdered) },
	"comparable": func(g *gen) *typ { return g.typeWhere((*typ).comparable) },
	"key":        func(g *gen) *typ { return g.keyType() },
}

// A filling is a scene whose blanks are being filled.
type filling struct {
	b     *body // of the statements, or of a declaration
	names map[string]string
	types map[string]*typ
}

// play writes a scene.
func (b *body) play(s *scene) {
	f := &filling{b: b, names: map[string]string{}, types: map[string]*typ{}}
	for _, with := range s.with {
		f.types[with[0]] = sorts[with[1]](b.g)
	}
	if s.top != "" {
		f.b = (&body{g: b.g, mult: 1}).quiet() // variables of a package must not print when they are made
		b.g.declare(f.fill(s.top))
		f.b = b
	}
	vars := b.vars
	b.w("// %s\n%s", s.name, f.fill(s.main))
	b.vars = vars
}

var blanks = regexp.MustCompile(`\$\w+|@[!-]?\w+|\{(?:[A-Z]|block|try|end|(?:let|var) \w+ \w+)\}|"#|«[^»]*»`)

// fill fills the blanks of a text from left to right.
func (f *filling) fill(text string) string {
	vars := f.b.vars
	out := blanks.ReplaceAllStringFunc(text, func(blank string) string {
		inner := strings.Trim(blank, "$@!-{}\"#«»")
		switch {
		case blank == `"#`:
			return f.b.tag()
		case blank[0] == '$':
			return f.name(inner)
		case strings.HasPrefix(blank, "@!"):
			return f.b.operand(f.typ(inner), 2)
		case strings.HasPrefix(blank, "@-"):
			return f.b.closure(1, nil).quiet().expr(f.typ(inner), 2).s
		case blank[0] == '@':
			return f.b.expr(f.typ(inner), 2).s
		case blank[0] == '{':
			return f.word(inner, vars)
		}
		return f.choose(strings.Trim(blank, "«»"))
	})
	f.b.vars = vars
	return out
}

// name gives the name that stands for one of the scene's.
func (f *filling) name(of string) string {
	if f.names[of] == "" {
		f.names[of] = f.b.g.name(of)
	}
	return f.names[of]
}

// typ gives a type of the scene, or a basic one.
func (f *filling) typ(name string) *typ {
	if t := f.types[name]; t != nil {
		return t
	}
	for _, kind := range basicKinds {
		if kind.String() == name {
			return f.b.g.basic(kind)
		}
	}
	if name == "any" {
		return f.b.g.any()
	}
	panic(fmt.Sprintf("grammar: a scene asks for a type %s that it has not named", name))
}

// word fills a blank in braces.
func (f *filling) word(word string, vars []variable) string {
	switch words := strings.Fields(word); {
	case word == "block":
		return f.b.within(1+f.b.g.r.IntN(2), 4)
	case word == "try":
		return f.b.g.helper("try", tryText)
	case word == "end":
		f.b.vars = vars
		return ""
	case words[0] == "let", words[0] == "var":
		f.b.vars = append(f.b.vars, variable{words[1], f.typ(words[2]), words[0] == "let"})
		return ""
	}
	return f.typ(word).text
}

const tryText = `func NAME(tag string, f func()) {
	defer func() {
		switch r := recover().(type) {
		case nil:
			fmt.Println(tag, "no panic")
		case runtime.Error:
			fmt.Println(tag, "runtime error", r.Error())
		case error:
			fmt.Printf("%s error %T %v\n", tag, r, r)
		default:
			fmt.Printf("%s value %T %v\n", tag, r, r)
		}
	}()
	f()
}`

var numbers = regexp.MustCompile(`^(\d+)-(\d+)$`)

// choose chooses one of several texts, or a number.
func (f *filling) choose(from string) string {
	if limits := numbers.FindStringSubmatch(from); limits != nil {
		low, _ := strconv.Atoi(limits[1])
		high, _ := strconv.Atoi(limits[2])
		return strconv.Itoa(low + f.b.g.r.IntN(high-low+1))
	}
	return f.fill(pick(f.b.g, strings.Split(from, "¦")))
}

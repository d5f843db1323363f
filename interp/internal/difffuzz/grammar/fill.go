package grammar

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/farside-go/farside/interp/internal/difffuzz/model"
	"github.com/farside-go/farside/interp/internal/difffuzz/scene"
)

// sorts are the types that a scene can ask for.
var sorts = map[string]func(*gen) *model.Type{
	"value":      func(g *gen) *model.Type { return g.ValueType(2) },
	"basic":      func(g *gen) *model.Type { return g.BasicType() },
	"named":      func(g *gen) *model.Type { return model.Pick(g.Universe, g.Named) },
	"int":        func(g *gen) *model.Type { return g.IntType() },
	"number":     func(g *gen) *model.Type { return g.TypeWhere((*model.Type).IsNumber) },
	"float":      func(g *gen) *model.Type { return g.TypeWhere((*model.Type).IsFloat) },
	"ordered":    func(g *gen) *model.Type { return g.TypeWhere((*model.Type).IsOrdered) },
	"comparable": func(g *gen) *model.Type { return g.TypeWhere((*model.Type).Comparable) },
	"key":        func(g *gen) *model.Type { return g.KeyType() },
}

// A filling is a scene whose blanks are being filled.
type filling struct {
	b     *body // of the statements, or of a declaration
	names map[string]string
	types map[string]*model.Type
}

// play writes a scene.
func (b *body) play(s *scene.Scene) {
	f := &filling{b: b, names: map[string]string{}, types: map[string]*model.Type{}}
	for _, with := range s.With {
		f.types[with[0]] = sorts[with[1]](b.g)
	}
	if s.Top != "" {
		f.b = (&body{g: b.g, mult: 1}).quiet() // variables of a package must not print when they are made
		b.g.declare(f.fill(s.Top))
		f.b = b
	}
	vars := b.vars
	b.w("// %s\n%s", s.Name, f.fill(s.Main))
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
func (f *filling) typ(name string) *model.Type {
	if t := f.types[name]; t != nil {
		return t
	}
	for _, kind := range model.BasicKinds {
		if kind.String() == name {
			return f.b.g.Basic(kind)
		}
	}
	if name == "any" {
		return f.b.g.Any()
	}
	panic(fmt.Sprintf("grammar: a scene asks for a type %s that it has not named", name))
}

// word fills a blank in braces.
func (f *filling) word(word string, vars []variable) string {
	switch words := strings.Fields(word); {
	case word == "block":
		return f.b.within(1+f.b.g.Rand.IntN(2), 4)
	case word == "try":
		return f.b.g.helper("try", tryText)
	case word == "end":
		f.b.vars = vars
		return ""
	case words[0] == "let", words[0] == "var":
		f.b.vars = append(f.b.vars, variable{words[1], f.typ(words[2]), words[0] == "let"})
		return ""
	}
	return f.typ(word).Text
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
		return strconv.Itoa(low + f.b.g.Rand.IntN(high-low+1))
	}
	return f.fill(model.Pick(f.b.g.Universe, strings.Split(from, "¦")))
}

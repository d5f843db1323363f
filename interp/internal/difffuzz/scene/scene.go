// Package scene has the scenes of which programs are made up: texts with blanks,
// several in a file. One begins with a line
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
package scene

import (
	"embed"
	"io/fs"
	"regexp"
	"strings"
	"sync"
)

//go:embed scenes/*.txt ends.txt
var files embed.FS

// A Scene is a text with blanks.
type Scene struct {
	Name string
	With [][2]string // names and sorts of types
	Top  string      // declarations
	Main string      // statements
}

// All gives the scenes of which programs are made, and Ends those that a program
// may end with.
var (
	All  = sync.OnceValue(func() []*Scene { return read("scenes/*.txt") })
	Ends = sync.OnceValue(func() []*Scene { return read("ends.txt") })
)

var head = regexp.MustCompile(`(?m)^-- (.+) --\n`)

func read(pattern string) (out []*Scene) {
	names, err := fs.Glob(files, pattern)
	if err != nil {
		panic(err) // the pattern is a constant
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			panic(err) // the file is part of this program
		}
		text := string(data)
		heads := head.FindAllStringSubmatchIndex(text, -1)
		for i, at := range heads {
			end := len(text)
			if i+1 < len(heads) {
				end = heads[i+1][0]
			}
			out = append(out, parse(text[at[2]:at[3]], text[at[1]:end]))
		}
	}
	return out
}

func parse(name, text string) *Scene {
	s := &Scene{Name: name}
	for {
		line, rest, _ := strings.Cut(text, "\n")
		words := strings.Fields(line)
		if len(words) != 3 || words[0] != "with" {
			break
		}
		s.With, text = append(s.With, [2]string{words[1], words[2]}), rest
	}
	var found bool
	if s.Top, s.Main, found = strings.Cut(text, "main:\n"); !found {
		s.Top, s.Main = "", text
	}
	return s
}

package main

import (
	_ "embed"
	"go/parser"
	"go/token"
	"strconv"
	"strings"
	"sync"

	"github.com/farside-go/farside/interp/internal/bothways"
)

//go:embed exceptions.txt
var exceptionsText string

// exceptions are the programs whose two runs cannot be compared, with the reason.
// A line of the text is a name and a reason; lines that begin with # are for the
// reader.
var exceptions = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(exceptionsText) {
		line = strings.TrimSpace(line)
		if name, why, ok := strings.Cut(line, " "); ok && name != "#" {
			out[name] = strings.TrimSpace(why)
		}
	}
	return out
})

// judgeSource says whether a program is out of scope for what its source has in
// it.
func judgeSource(p *bothways.Program) (outside string, unsafe bool) {
	for _, text := range texts(p) {
		why, isUnsafe := judgeText(text)
		if outside == "" {
			outside = why
		}
		unsafe = unsafe || isUnsafe
	}
	return outside, unsafe && outside == ""
}

func texts(p *bothways.Program) []string {
	out := []string{p.Main}
	for _, pkg := range p.Packages {
		for _, file := range pkg.Files {
			out = append(out, file.Text)
		}
	}
	return out
}

func judgeText(text string) (outside string, unsafe bool) {
	if strings.Contains(text, "\n//go:linkname ") {
		return "it links to names inside other packages", false
	}
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.ImportsOnly)
	if err != nil {
		return "", false // the compiler will say it
	}
	for _, spec := range file.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		switch {
		case path == "unsafe":
			unsafe = true
		case path == "C":
			outside = "cgo"
		case strings.HasPrefix(path, "internal/"), strings.HasPrefix(path, "runtime/internal/"), strings.HasPrefix(path, "cmd/"):
			outside = "it imports " + path + ", which is the toolchain's own"
		case path == "os/exec" && strings.Contains(text, `"go"`):
			outside = "it runs the toolchain"
		}
	}
	return outside, unsafe
}

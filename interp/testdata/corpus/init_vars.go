//go:build ignore

package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"sort"
	"strings"
	"sync"
	"text/template"
	"time"
)

var (
	ErrNotFound         = errors.New("not found")
	wordRE              = regexp.MustCompile(`[a-z]+`)
	page                = template.Must(template.New("page").Funcs(template.FuncMap{"shout": shout}).Parse("{{range .}}{{shout .}} {{end}}"))
	handlers            = map[string]handler{"help": help, "list": list, "fail": func([]string) error { return ErrNotFound }}
	once                = sync.OnceValue(expensive)
	started             = time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)
	config              = loadConfig("a=1;b=2")
	registry            = newRegistry()
	stdout              = os.Stdout
	_           handler = list
	mu          sync.Mutex
	total       int
	zero        struct {
		n    int
		list []string
		m    map[string]int
		f    func()
		err  error
	}
)

type handler func([]string) error
type kinds struct {
	names []string
	byID  map[int]string
}

const version = "v" + major + "." + "2"
const major = "1"

func shout(s string) string { return strings.ToUpper(s) + "!" }

func help([]string) error {
	names := make([]string, 0, len(table()))
	for name := range table() {
		names = append(names, name)
	}
	sort.Strings(names)
	fmt.Fprintln(stdout, "commands:", names)
	return nil
}

// table breaks the cycle that handlers, help and handlers would be.
func table() map[string]handler { return lookup }

var lookup map[string]handler

func list(args []string) error {
	fmt.Println("list", len(args), args)
	return nil
}

func expensive() string {
	total++
	return fmt.Sprint("computed ", total)
}

func loadConfig(s string) (m map[string]string) {
	m = map[string]string{}
	for _, kv := range strings.Split(s, ";") {
		k, v, _ := strings.Cut(kv, "=")
		m[k] = v
	}
	return
}

func newRegistry() *kinds { return &kinds{byID: map[int]string{}} }

func (k *kinds) register(name string) int {
	k.names = append(k.names, name)
	k.byID[len(k.names)] = name
	return len(k.names)
}

var (
	circle = registry.register("circle")
	square = registry.register("square")
)

func init() { lookup = handlers }
func init() { registry.register("from init") }

func main() {
	for _, cmd := range []string{"help", "list", "fail", "none"} {
		if h, ok := handlers[cmd]; ok {
			if err := h([]string{cmd}); errors.Is(err, ErrNotFound) {
				fmt.Println(cmd, err)
			}
		}
	}
	fmt.Println(wordRE.FindAllString("ab 12 cd", -1), version, started.AddDate(1, 0, 0).Format("2006-01-02"))
	page.Execute(os.Stdout, []string{"x", "y"})
	fmt.Println()
	fmt.Println(once(), once(), total, config, circle, square, *registry)
	fmt.Println(zero.n, zero.list == nil, zero.m == nil, zero.f == nil, zero.err == nil, zero.m["x"])
	mu.Lock()
	zero.list = append(zero.list, "grown")
	mu.Unlock()
	fmt.Printf("%q %v\n", zero.list, mu.TryLock())
}

//go:build ignore

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"
)

type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(s string) error { *l = append(*l, strings.Split(s, ",")...); return nil }

type level int

func (l *level) String() string { return strconv.Itoa(int(*l)) }
func (l *level) Set(s string) error {
	switch s {
	case "debug", "true":
		*l = -1
	case "info":
		*l = 0
	default:
		return fmt.Errorf("no level %q", s)
	}
	return nil
}
func (l *level) IsBoolFlag() bool { return true }
func (l *level) Get() any         { return int(*l) }

type size int64

func (s size) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%dk", s/1024), nil }
func (s *size) UnmarshalText(b []byte) error {
	n, ok := strings.CutSuffix(string(b), "k")
	v, err := strconv.ParseInt(n, 10, 64)
	if ok {
		v *= 1024
	}
	*s = size(v)
	return err
}

type config struct {
	name    string
	n       int
	verbose bool
	wait    time.Duration
	rate    float64
	tags    list
	level   level
	max     size
	Addr    netip.Addr
	calls   []string
}

func (c *config) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("tool", flag.ContinueOnError)
	fs.StringVar(&c.name, "name", "world", "who to `greet`")
	fs.IntVar(&c.n, "n", 1, "how often")
	fs.BoolVar(&c.verbose, "v", false, "say more")
	fs.DurationVar(&c.wait, "wait", time.Second, "how long to wait")
	fs.Float64Var(&c.rate, "rate", 0.5, "")
	fs.Var(&c.tags, "tag", "a tag, may be repeated")
	fs.Var(&c.level, "level", "debug or info")
	fs.TextVar(&c.max, "max", size(2048), "largest size")
	fs.TextVar(&c.Addr, "addr", netip.MustParseAddr("127.0.0.1"), "address")
	fs.Func("call", "calls a `function`", func(s string) error {
		if s == "" {
			return errors.New("empty")
		}
		c.calls = append(c.calls, strings.ToUpper(s))
		return nil
	})
	fs.BoolFunc("reset", "forgets the calls", func(string) error { c.calls = nil; return nil })
	return fs
}

func main() {
	fmt.Println(len(os.Args), os.Args[0] != "", len(os.Args[1:]))
	for _, line := range []string{
		"", "-name ann -n=3 -v rest -n 4", "--tag a,b -tag=c --wait 1m30s -rate 2.5 --level -level=info", "-max 10k -addr ::1 -call x -call y", "-call x -reset -call z -- -n 5", "-n x", "-wait 5", "-unknown", "-call=", "-level=loud",
		"-v=false arg -v", "-v=maybe", "-name", "- -n 2", "-max q", "-n 0x1F", "-=", "-n 99999999999999999999",
	} {
		var c config
		fs := c.flags()
		var usage strings.Builder
		fs.SetOutput(&usage)
		fs.Usage = func() { fmt.Fprint(fs.Output(), "usage asked") }
		err := fs.Parse(strings.Fields(line))
		fmt.Printf("%q: %+v args=%q %v %q\n", line, c, fs.Args(), err, usage.String())
	}
	var c config
	fs := c.flags()
	fs.SetOutput(os.Stdout)
	fmt.Println(fs.Parse([]string{"-help"}), errors.Is(fs.Parse([]string{"-h"}), flag.ErrHelp))
	fs.SetOutput(io.Discard)
	fs.Parse([]string{"-n", "7", "-tag", "t", "a", "b"})
	fs.Visit(func(f *flag.Flag) { fmt.Print(f.Name, "=", f.Value, " ") })
	total := 0
	fs.VisitAll(func(f *flag.Flag) { total++ })
	fmt.Println(total, fs.NFlag(), fs.NArg(), fs.Arg(1), fs.Arg(9) == "", fs.Lookup("n").DefValue, fs.Lookup("none") == nil, fs.Lookup("level").Value.(flag.Getter).Get(), fs.Parsed())
	fmt.Println(fs.Set("n", "8"), c.n, fs.Set("bogus", "1"))
	func() {
		defer func() { fmt.Println(recover()) }()
		fs.Int("n", 0, "again")
	}()

	sub := flag.NewFlagSet("sub", flag.PanicOnError)
	sub.SetOutput(io.Discard)
	port := sub.Uint("port", 80, "")
	name, usage := flag.UnquoteUsage(sub.Lookup("port"))
	fmt.Println(sub.Parse([]string{"-port", "8080"}), *port, name, usage == "")
	func() {
		defer func() { fmt.Println(recover() != nil) }()
		sub.Parse([]string{"-x"})
	}()
	n := flag.Int("count", 3, "of the command line itself")
	flag.Parse()
	fmt.Println(*n, flag.NArg(), flag.Parsed(), flag.CommandLine.Lookup("count").Usage)
}

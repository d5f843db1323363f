package interp_test

import (
	"io"
	"os"
	"strings"
	"testing"
)

func TestOutputGoesToTheJob(t *testing.T) {
	r := newRunner(t, nil)
	for _, c := range []struct{ source, stdout, stderr string }{
		{"fmt.Print(1, 2); fmt.Printf(`%03d`, 3); fmt.Println(`x`, 4)", "1 2003x 4\n", ""},
		{"println(`p`, 1); print(`q`); print(`r`)", "", "p 1\nqr"},
		{"log.SetFlags(0); log.Print(`a`); log.Printf(`%d`, 2); log.Default().Println(`c`)", "", "a\n2\nc\n"},
		{"log.SetFlags(0); log.SetPrefix(`> `); log.Println(`a`, log.Prefix(), log.Flags())", "", "> a >  0\n"},
		{"log.SetFlags(0); var b strings.Builder; log.SetOutput(&b); log.Print(`in b`); fmt.Print(b.String())", "in b\n", ""},
		{"fmt.Fprintln(os.Stdout, `file`)", "file\n", ""},
		{"fmt.Fprintln(os.Stderr, `file`)", "", "file\n"},
		{"fmt.Println(1); fmt.Fprintln(os.Stdout, 2); fmt.Println(3)", "1\n2\n3\n", ""},
		{"log.SetFlags(0); log.Print(1); fmt.Fprintln(os.Stderr, 2); println(3)", "", "1\n2\n3\n"},
		{"log.New(os.Stdout, ``, 0).Print(`own`)", "own\n", ""},
		{"f := fmt.Println; f(`value`)", "value\n", ""},
		{"import . `fmt`; Println(`dot`)", "dot\n", ""},
		{"func F(ctx context.Context) { fmt.Println(`far`) }", "far\n", ""},
	} {
		r.want(nil, c.source)
		r.wantOutput(c.stdout, c.stderr)
	}
}

func TestStdoutIsARealFile(t *testing.T) {
	r := newRunner(t, nil)
	r.want(nil, `
		cmd := exec.Command("sh", "-c", "echo child; echo problem >&2")
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		return cmd.Run()
	`)
	r.wantOutput("child\n", "problem\n")
	r.want(true, `return int(os.Stdout.Fd()) > 2`)
}

// A child that keeps the pipe open does not keep the program from ending, and
// nothing that was written before is lost.
func TestChildThatOutlivesTheProgramHoldsNothing(t *testing.T) {
	r := newRunner(t, nil)
	pid, err := r.run(`
		fmt.Fprintln(os.Stdout, strings.Repeat("x", 100000))
		cmd := exec.Command("sleep", "1000")
		cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
		if err := cmd.Start(); err != nil {
			return err
		}
		return cmd.Process.Pid
	`)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := os.FindProcess(pid.(int)); err == nil {
		p.Kill()
		p.Wait()
	}
	r.wantOutput(strings.Repeat("x", 100000)+"\n", "")
}

func TestAssignedStdoutAffectsThisRunOnly(t *testing.T) {
	r := newRunner(t, nil)
	before := os.Stdout
	r.want("to the file\n", `
		name := filepath.Join(args[0].(string), "out")
		f, err := os.Create(name)
		if err != nil {
			return nil, err
		}
		os.Stdout = f
		fmt.Println("to the file")
		f.Close()
		data, err := os.ReadFile(name)
		return string(data), err
	`, t.TempDir())
	r.wantOutput("", "")
	if os.Stdout != before {
		t.Error("the far side's own os.Stdout was assigned")
	}
	r.want(nil, "fmt.Println(1); fmt.Fprintln(os.Stdout, 2)")
	r.wantOutput("1\n2\n", "")
}

func TestClosedStdoutDoesNotHangTheEnd(t *testing.T) {
	r := newRunner(t, nil)
	r.want(nil, "fmt.Fprintln(os.Stdout, `before`); return os.Stdout.Close()")
	r.wantOutput("before\n", "")
}

func TestOutputThatLooksLikeAnEndIsCopied(t *testing.T) {
	r := newRunner(t, nil)
	want := strings.Repeat("\x00\xff", 1<<20)
	r.want(nil, "for range8 := 0; range8 < 256; range8++ { fmt.Fprint(os.Stdout, strings.Repeat(\"\\x00\\xff\", 4096)) }")
	if got := r.stdout.take(); got != want {
		t.Errorf("got %d bytes, want %d", len(got), len(want))
	}
}

func TestFailingWriterDoesNotBlockTheProgram(t *testing.T) {
	r := newRunner(t, nil)
	job := r.job("for i := 0; i < 100; i++ { fmt.Fprintln(os.Stdout, strings.Repeat(`x`, 10000)) }")
	broken, w := io.Pipe()
	broken.Close()
	job.Stdout = w
	if _, err := r.in.Run(t.Context(), job); err != nil {
		t.Error(err)
	}
}

func TestFlagsAreTheProgramsOwn(t *testing.T) {
	r := newRunner(t, nil)
	const source = `package main
var n = flag.Int("n", 1, "how many")
func main() {
	name := flag.String("name", "nobody", "who")
	flag.Parse()
	fmt.Println(*n, *name, flag.Args(), flag.NArg(), flag.CommandLine.Name())
}`
	for range 2 { // a flag defined twice in one set would panic
		r.want(nil, source, "-n", 3, "--name=x", "rest")
		r.wantOutput("3 x [rest] 1 user.go\n", "")
	}
	if fault := r.fault("exit", source, "-unknown"); fault.Code != 2 {
		t.Errorf("exit status %d, want 2", fault.Code)
	}
	r.contains(r.stderr.take(), "flag provided but not defined: -unknown", "Usage of user.go", "how many")
	r.want(nil, source, "-h")
	r.contains(r.stderr.take(), "Usage of user.go")
	r.stdout.take()
	r.want(nil, `flag.Usage = func() { println("own usage") }; flag.CommandLine.Usage()`)
	r.wantOutput("", "own usage\n")
	r.fault("panic", `flag.NewFlagSet("x", flag.ExitOnError).Parse([]string{"-y"})`)
}

func TestRunsAtOnceKeepTheirOutputApart(t *testing.T) {
	r := newRunner(t, nil)
	type result struct{ got, want string }
	results := make(chan result)
	const runs = 8
	for i := range runs {
		go func() {
			mine := &runner{t: t, in: r.in, ch: r.ch}
			word := string(rune('a' + i))
			_, err := mine.run(`
				for i := 0; i < 20; i++ {
					fmt.Println(args[0])
					fmt.Fprintln(os.Stdout, args[0])
				}
			`, word)
			if err != nil {
				t.Error(err)
			}
			results <- result{mine.stdout.take(), strings.Repeat(word+"\n", 40)}
		}()
	}
	for range runs {
		if r := <-results; r.got != r.want {
			t.Errorf("got %q, want %q", r.got, r.want)
		}
	}
}

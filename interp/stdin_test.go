package interp_test

import (
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
)

// wantInput runs a source with a standard input.
func (r *runner) wantInput(want any, stdin io.Reader, source string) {
	r.t.Helper()
	job := r.job(source)
	job.Stdin = stdin
	if got, err := r.in.Run(r.t.Context(), job); err != nil || got != want {
		r.t.Errorf("%s\ngot %v, %v, want %v", source, got, err, want)
	}
}

func TestStandardInputIsReadAsAtHome(t *testing.T) {
	r := newRunner(t, nil)
	for source, want := range map[string]any{
		"all, err := io.ReadAll(os.Stdin); return string(all), err":                                                    "1 two\n3\n",
		"n, err := io.Copy(io.Discard, os.Stdin); return n, err":                                                       int64(8),
		"s, n := bufio.NewScanner(os.Stdin), 0; for s.Scan() { n++ }; return n":                                        2,
		"b := make([]byte, 3); _, err := io.ReadFull(os.Stdin, b); return string(b), err":                              "1 t",
		"var a int; var b string; n, err := fmt.Scan(&a, &b); return fmt.Sprintln(a, b, n), err":                       "1 two 2\n",
		"var a int; var b string; n, err := fmt.Scanln(&a, &b); return fmt.Sprintln(a, b, n), err":                     "1 two 2\n",
		"var a int; n, err := fmt.Scanf(`%d two`, &a); return fmt.Sprint(a, n), err":                                   "1 1",
		"var a int; n, err := fmt.Fscan(os.Stdin, &a); return fmt.Sprint(a, n), err":                                   "1 1",
		"var a int; fmt.Scan(&a); b, err := io.ReadAll(os.Stdin); return fmt.Sprintf(`%d %q`, a, b), err":              `1 "two\n3\n"`,
		"in := os.Stdin; var a int; fmt.Scan(&a); b, err := io.ReadAll(in); return fmt.Sprintf(`%d %q`, a, b), err":    `1 "two\n3\n"`,
		"info, err := os.Stdin.Stat(); return info.Mode()&os.ModeCharDevice == 0 && !info.Mode().IsRegular(), err":     true,
		"os.Stdin.Close(); _, err := os.Stdin.Read(make([]byte, 1)); return errors.Is(err, os.ErrClosed)":              true,
		"package main\nvar in = bufio.NewReader(os.Stdin)\nfunc main() { s, _ := in.ReadString('\\n'); fmt.Print(s) }": nil,
		"import . `os`\nb, err := io.ReadAll(Stdin); return len(b), err":                                               8,
		"r, w, _ := os.Pipe(); os.Stdin = r; w.WriteString(`own `); w.Close(); var s string; fmt.Scan(&s); return s":   "own",
	} {
		r.wantInput(want, strings.NewReader("1 two\n3\n"), source)
	}
	r.wantOutput("1 two\n", "")
}

func TestStandardInputOfAChild(t *testing.T) {
	r := newRunner(t, nil)
	r.wantInput("from far", strings.NewReader("from far"), `
		cmd := exec.Command("cat")
		cmd.Stdin = os.Stdin
		out, err := cmd.Output()
		return string(out), err
	`)
}

// The far side's own standard input is none of a program's business.
func TestStandardInputIsEmptyByDefault(t *testing.T) {
	r := newRunner(t, nil)
	own, feed, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	before := os.Stdin
	os.Stdin = own
	defer func() { os.Stdin = before; own.Close(); feed.Close() }()
	feed.WriteString("the wire")
	r.want("", "b, err := io.ReadAll(os.Stdin); return string(b), err")
	r.want("EOF", "var s string; _, err := fmt.Scan(&s); return err.Error()")
}

// untouched fails the test when it is read.
type untouched struct{ testing.TB }

func (u untouched) Read([]byte) (int, error) {
	u.Error("it was read")
	return 0, io.EOF
}

func TestProgramThatDoesNotReadTakesNothing(t *testing.T) {
	r := newRunner(t, nil)
	for _, source := range []string{
		"return nil",
		"if len(args) > 0 { io.Copy(io.Discard, os.Stdin) }",
		"package main\nfunc main() { flag.Parse(); log.SetFlags(0); fmt.Fprint(os.Stdout) }\nfunc unused() { bufio.NewReader(os.Stdin) }",
	} {
		r.wantInput(nil, untouched{t}, source)
	}
}

func TestInputsOfRunsAtOnceStayApart(t *testing.T) {
	r := newRunner(t, nil)
	type result struct{ got, want any }
	results := make(chan result)
	for i := range 8 {
		text := strings.Repeat(string(rune('a'+i)), 200_000)
		job := r.job("b, err := io.ReadAll(os.Stdin); return string(b), err")
		job.Stdin = strings.NewReader(text)
		go func() {
			got, err := r.in.Run(t.Context(), job)
			if err != nil {
				t.Error(err)
			}
			results <- result{got, text}
		}()
	}
	for range 8 {
		if r := <-results; r.got != r.want {
			t.Error("inputs are mixed up")
		}
	}
}

func TestFailedInputIsAReadErrorAndIsTold(t *testing.T) {
	broken := errors.New("the disk is gone")
	for source, wantOutput := range map[string]string{
		"_, err := io.ReadAll(os.Stdin); fmt.Print(err != nil)":                               "true",
		"var a, b string; fmt.Scan(&a); _, err := fmt.Scan(&b); fmt.Printf(`%s: %v`, a, err)": "word: the disk is gone",
		"io.ReadAll(os.Stdin); fmt.Print(1); os.Exit(0)":                                      "1",
	} {
		r := newRunner(t, nil)
		job := r.job(source)
		job.Stdin = io.MultiReader(strings.NewReader("word "), iotest.ErrReader(broken))
		if _, err := r.in.Run(t.Context(), job); !errors.Is(err, broken) || !strings.Contains(err.Error(), "standard input") {
			t.Errorf("%s: it ended with %v", source, err)
		}
		r.wantOutput(wantOutput, "")
	}
	r := newRunner(t, nil)
	job := r.job("io.ReadAll(os.Stdin); os.Exit(3)")
	job.Stdin = iotest.ErrReader(broken)
	got, err := r.in.Run(t.Context(), job)
	r.asFault("exit", got, err)
}

// blocked is a reader that gives nothing until it is closed.
func blocked(t *testing.T) io.Reader {
	r, w := io.Pipe()
	t.Cleanup(func() { w.Close() })
	return r
}

func TestProgramEndsWhileItsInputBlocks(t *testing.T) {
	r := newRunner(t, nil)
	r.wantInput(nil, blocked(t), "os.Stdin.Stat()")
	r.wantInput(nil, blocked(t), "go os.Stdin.Read(make([]byte, 1))")
	r.wantInput(nil, io.MultiReader(strings.NewReader(strings.Repeat("x", 1<<20)), blocked(t)),
		"_, err := os.Stdin.Read(make([]byte, 1)); return err")
	r.wantInput(nil, blocked(t), "go func() { os.Exit(0) }(); os.Stdin.Read(make([]byte, 1))")
}

func TestEachLineOfASessionHasItsInput(t *testing.T) {
	r := newRunner(t, nil)
	line := func(stdin io.Reader, source string) string {
		t.Helper()
		job := r.job(source)
		job.Session, job.Stdin = "s", stdin
		if _, err := r.in.Run(t.Context(), job); err != nil {
			t.Errorf("%s: %v", source, err)
		}
		return r.stdout.take()
	}
	const read = "b, _ := io.ReadAll(os.Stdin); fmt.Print(string(b))"
	for _, want := range []string{"one", "two"} {
		if got := line(strings.NewReader(want), read); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	line(blocked(t), "in := os.Stdin")
	if got := line(nil, "_, err := in.Read(make([]byte, 1)); fmt.Print(err != nil)"); got != "true" {
		t.Errorf("the input of an earlier line gives %q", got)
	}
	line(nil, "f, feed, _ := os.Pipe(); os.Stdin = f; feed.WriteString(`own`); feed.Close()")
	if got := line(strings.NewReader("three"), read); got != "own" {
		t.Errorf("the file that it made os.Stdin gives %q", got)
	}
}

// A failing is an input that lets another one fail.
type failing struct{ other *io.PipeWriter }

func (f failing) Read([]byte) (int, error) {
	f.other.CloseWithError(errors.New("too late"))
	for range 10_000 {
		runtime.Gosched() // whoever reads the other sees it
	}
	return 0, io.EOF
}

func TestLateErrorOfAnEarlierLineIsNotTold(t *testing.T) {
	r := newRunner(t, nil)
	for range 100 {
		earlier, w := io.Pipe()
		for _, line := range []struct {
			source string
			stdin  io.Reader
		}{{"os.Stdin.Stat()", earlier}, {"io.ReadAll(os.Stdin)", failing{w}}} {
			job := r.job(line.source)
			job.Session, job.Stdin = "s", line.stdin
			if _, err := r.in.Run(t.Context(), job); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestStdinThatIsSetToNilStaysSo(t *testing.T) {
	r := newRunner(t, nil)
	r.wantInput(true, strings.NewReader("x"), "os.Stdin = nil; return os.Stdin == nil")
}

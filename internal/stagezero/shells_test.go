//go:build unix

package stagezero_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/stagezero"
)

// shells are what may be at the other end. fish reads all of its input before it runs
// any of it, so where it reads commands it is to run sh.
var shells = []struct {
	argv  []string
	input []string // what reads commands instead
}{
	{argv: []string{"sh"}}, {argv: []string{"dash"}}, {argv: []string{"bash"}}, {argv: []string{"bash", "-l"}},
	{argv: []string{"busybox", "sh"}}, {argv: []string{"zsh"}}, {argv: []string{"ksh"}}, {argv: []string{"tcsh"}},
	{argv: []string{"fish"}, input: []string{"fish", "-c", "sh"}},
}

func TestEveryShellHandsTheLineToSh(t *testing.T) {
	for _, shell := range shells {
		t.Run(strings.Join(shell.argv, " "), func(t *testing.T) {
			require(t, shell.argv[0])
			if shell.input == nil {
				shell.input = shell.argv
			}
			tellAsInput(t, shell.input)
			tellAsArgument(t, shell.argv)
		})
	}
}

func tellAsInput(t *testing.T, argv []string) {
	t.Helper()
	p := shell{argv: argv}.start(t)
	wire, err := bringUp(t, p, settings(t))
	checkServes(t, wire, err)
}

// tellAsArgument does what a login shell is told by sshd.
func tellAsArgument(t *testing.T, argv []string) {
	t.Helper()
	opening, err := stagezero.New(settings(t))
	if err != nil {
		t.Fatal(err)
	}
	p := shell{argv: append(slices.Clone(argv), "-c", opening.Line())}.start(t)
	wire, err := opening.Follow(t.Context(), p)
	checkServes(t, wire, err)
}

// The line has nothing in it that a shell reads otherwise in single quotes.
func TestLineIsPlain(t *testing.T) {
	opening, err := stagezero.New(settings(t))
	if err != nil {
		t.Fatal(err)
	}
	line := opening.Line()
	if strings.Count(line, "'") != 4 || strings.ContainsAny(line, "\n\t\\!") {
		t.Errorf("a shell may read this otherwise: %q", line)
	}
	if strings.Contains(line, "stage zero") {
		t.Error("the comments are in it")
	}
}

func TestEveryShIsGoodForTheProgram(t *testing.T) {
	for _, name := range []string{"dash", "bash", "busybox", "zsh", "ksh"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.Symlink(require(t, name), filepath.Join(dir, "sh")); err != nil {
				t.Fatal(err)
			}
			sh := shell{argv: []string{filepath.Join(dir, "sh")}, path: dir + ":" + os.Getenv("PATH"), cache: t.TempDir()}
			for range 2 { // cold and warm
				p := sh.start(t)
				wire, err := bringUp(t, p, settings(t))
				checkServes(t, wire, err)
			}
			sh.cache = t.TempDir()
			p := sh.start(t)
			once := settings(t)
			once.Ephemeral = true
			wire, err := bringUp(t, p, once)
			checkServes(t, wire, err)
			checkNothingLeft(t, p)
		})
	}
}

// checkNothingLeft is for a shell at which an ephemeral worker was brought up.
func checkNothingLeft(t *testing.T, p *started) {
	t.Helper()
	for _, pattern := range []string{p.cache + "/*", p.cache + "/.farside-*", "/var/tmp/.farside-*", "/tmp/.farside-*", "/dev/shm/.farside-*"} {
		if left, _ := filepath.Glob(pattern); len(left) > 0 {
			t.Errorf("left behind: %q", left)
		}
	}
}

// What a shell prints before it takes the line, or because of it, is passed over.
func TestNoiseBeforeTheAnswer(t *testing.T) {
	for name, script := range map[string]string{
		"a megabyte":            `yes 'Welcome! farside 1 state=started' | head -c 1048576; exec sh`,
		"a megabyte of nothing": `head -c 1048576 /dev/zero; exec sh`,
		"no line end":           `printf 'Last login: today'; exec sh`,
		"the line":              `IFS= read -r line; printf '%s\n%s' "$line" "$line"; eval "$line"`,
		"on standard error":     `yes Welcome | head -c 1048576 >&2; exec sh`,
		"beside the start":      `exec sh -c '(sh -c "echo noise") & exec sh'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wire, err := bringUp(t, shell{argv: []string{"sh", "-c", script}}.start(t), settings(t))
			checkServes(t, wire, err)
		})
	}
}

// A login shell that does something else first reads the line when it is through.
func TestShellThatSleepsFirst(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	p := shell{argv: []string{"sh", "-c", `echo one moment; read x <"$0"; echo "$x"; exec sh`, fifo}}.start(t)
	told := &watched{Conn: p, wrote: make(chan struct{})}
	go func() { // ends with the write of the line
		<-told.wrote
		os.WriteFile(fifo, []byte("good morning\n"), 0)
	}()
	wire, err := bringUp(t, told, settings(t))
	checkServes(t, wire, err)
}

func TestNoShellAtTheOtherEnd(t *testing.T) {
	for name, c := range map[string]struct {
		script string
		words  []string
	}{
		"ends at once":      {`exit 3`, []string{"ended before a POSIX shell answered"}},
		"says why":          {`echo This account is not available.`, []string{"ended before a POSIX shell", "This account is not available."}},
		"never stops":       {`exec yes`, []string{"8 MiB came and no answer", "y\n\ty"}},
		"says it is one":    {`echo farside 1 state=here; read x`, []string{"ended before a POSIX shell", "farside 1 state=here"}},
		"ends in an answer": {`read -r line; eval "set -- $line"; printf '%s%s farside 1 st' "$7" "$8"`, []string{"in the middle of its hello"}},
	} {
		t.Run(name, func(t *testing.T) {
			p := shell{argv: []string{"sh", "-c", c.script}}.start(t)
			_, err := bringUp(t, p, settings(t))
			checkFailed(t, err, stagezero.StageShell, c.words...)
		})
	}
}

func TestShellThatAnswersNonsense(t *testing.T) {
	p := shell{argv: []string{"sh", "-c", `read -r line; eval "set -- $line"; printf '%s%s farside 1 state=dancing os=Linux arch=x86_64\n' "$7" "$8"; read x`}}.start(t)
	_, err := bringUp(t, p, settings(t))
	checkFailed(t, err, stagezero.StageUpload, `a state "dancing"`)
}

// What ends a silent shell is the ctx.
func TestSilentShellEndsWithTheCtx(t *testing.T) {
	p := shell{argv: []string{"sh", "-c", `exec sleep 1000`}}.start(t)
	opening, err := stagezero.New(settings(t))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	told := &watched{Conn: p, wrote: make(chan struct{})}
	go func() { // ends with the write of the line
		<-told.wrote
		cancel(errors.New("long enough"))
	}()
	_, err = opening.Open(ctx, told)
	checkFailed(t, err, stagezero.StageShell, "no POSIX shell has answered: long enough", "have the command run sh")
	_, err = opening.Follow(ctx, shell{argv: []string{"sleep", "1000"}}.start(t))
	checkFailed(t, err, stagezero.StageShell, "long enough")
}

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// A session is a farside command on a terminal of its own.
type session struct {
	*testing.T
	cmd  *exec.Cmd
	tty  *os.File // the other side of the terminal
	seen string   // what was shown and not looked for yet
}

func newSession(t *testing.T, args ...string) *session {
	t.Helper()
	tty, slave := newTerminal(t)
	defer slave.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	s := &session{T: t, tty: tty, cmd: exec.CommandContext(t.Context(), self, args...)}
	s.cmd.Args[0] = "farside"
	s.cmd.Env = append(os.Environ(), "TERM=xterm", "XDG_CACHE_HOME="+t.TempDir())
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = slave, slave, slave
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return s
}

// newTerminal opens both sides of a terminal.
func newTerminal(t *testing.T) (tty, slave *os.File) {
	t.Helper()
	tty, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { tty.Close() })
	var number, unlocked int32
	size := [4]uint16{24, 80}
	for request, arg := range map[uintptr]unsafe.Pointer{
		syscall.TIOCGPTN:   unsafe.Pointer(&number),
		syscall.TIOCSPTLCK: unsafe.Pointer(&unlocked),
		syscall.TIOCSWINSZ: unsafe.Pointer(&size),
	} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, tty.Fd(), request, uintptr(arg)); errno != 0 {
			t.Fatal(errno)
		}
	}
	slave, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	return tty, slave
}

// wait reads until text is shown, and gives what was shown before it.
func (s *session) wait(text string) (before string) {
	s.Helper()
	buf := make([]byte, 4<<10)
	for {
		if before, after, found := strings.Cut(s.seen, text); found {
			s.seen = after
			return before
		}
		n, err := s.tty.Read(buf)
		if err != nil {
			s.Fatalf("%v; it shows %q, not %q", err, s.seen, text)
		}
		s.seen += string(buf[:n])
	}
}

// enter types a line when it is asked for one.
func (s *session) enter(line string) {
	s.Helper()
	s.wait("> ")
	s.press(line + "\r")
}

func (s *session) press(keys string) {
	s.Helper()
	if _, err := s.tty.WriteString(keys); err != nil {
		s.Fatal(err)
	}
}

const ctrlC, ctrlD = "\x03", "\x04"

func TestReplOnATerminal(t *testing.T) {
	s := newSession(t, "repl")
	s.wait("Ctrl-D ends.")
	s.enter("x := 20")
	s.enter(`fmt.Println("ready" + "!"); for {}`)
	s.wait("ready!")
	s.press(ctrlC) // cancels the statement
	s.wait("interrupted")
	s.enter("nosuch")
	s.wait("undefined: nosuch")
	s.enter("func half(")
	s.wait(". ")
	s.press(ctrlC) // drops the input
	s.enter("x + 22")
	s.wait("42")
	s.wait("> ")
	s.press(ctrlD)
	if err := s.cmd.Wait(); err != nil {
		t.Error(err)
	}
}

func TestCtrlCOnATerminal(t *testing.T) {
	s := newSession(t, "exec", "-e", `fmt.Println("ready"); <-ctx.Done(); fmt.Println("cleaned up")`)
	s.wait("ready")
	s.press(ctrlC)
	s.wait("cleaned up")
	var exit *exec.ExitError
	if err := s.cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Errorf("it ended with %v", err)
	}
}

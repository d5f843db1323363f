//go:build unix

package relay_test

import (
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/farside-go/farside/internal/child"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/relay"
)

func init() {
	roles["echo"] = func() int {
		wire := openWire()
		io.Copy(struct{ io.Writer }{wire}, struct{ io.Reader }{wire})
		fmt.Println("out at the end")
		fmt.Fprintln(os.Stderr, "err at the end")
		return 7
	}
	roles["dies at once"] = func() int {
		fmt.Println("last output")
		fmt.Fprintln(os.Stderr, "last words")
		return 5
	}
	roles["dies by a signal"] = func() int {
		fmt.Println("last output")
		fmt.Fprintln(os.Stderr, "last words")
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
	roles["floods"] = func() int {
		go func() {
			for line := bytes.Repeat([]byte("x"), 999); ; {
				os.Stdout.Write(append(line, '\n'))
			}
		}()
		wire := openWire()
		io.Copy(struct{ io.Writer }{wire}, struct{ io.Reader }{wire})
		return 0
	}
	roles["stays"] = func() int {
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
		startChild(nil)
		select {}
	}
	roles["leaves a child with the wire"] = func() int {
		startChild(os.NewFile(3, "wire"))
		return 0
	}
}

func openWire() net.Conn {
	conn, err := net.FileConn(os.NewFile(3, "wire"))
	if err != nil {
		panic(err)
	}
	return conn
}

// startChild starts a process that does not end by itself, and tells its number on
// the wire. One with the wire leaves the group and the worker's environment.
func startChild(wire *os.File) {
	cmd := exec.Command("sleep", "1000")
	if wire != nil {
		cmd.ExtraFiles = []*os.File{wire}
		cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
		cmd.Env = []string{}
	}
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	fmt.Fprintf(os.NewFile(3, "wire"), "%8d", cmd.Process.Pid)
}

// relayed is a worker behind a relay, with both ends of it.
type relayed struct {
	*relay.Conn
	printed
	pid    int
	raw    net.Conn // of the near side
	served chan child.Exit
}

// start starts the test binary as a worker. Whatever the test does with it, nothing
// may be left at its end.
func start(t *testing.T, role string) *relayed {
	t.Helper()
	files := farsidetest.Files()
	r := startBare(t, role)
	r.Conn = relay.NewConn(r.raw, relay.Buffered(r.raw), func() { r.raw.Close() }, r.print)
	t.Cleanup(func() {
		r.Kill()
		r.End(patiently(t))
		<-r.served
		farsidetest.Eventually(t, func() bool { return farsidetest.Files() <= files }, "%d descriptors and not %d", farsidetest.Files(), files)
	})
	return r
}

// startBare is start without a Conn on the near side.
func startBare(t *testing.T, role string) *relayed {
	t.Helper()
	self, err := os.Executable()
	check(t, err)
	near, far := net.Pipe()
	announced := false
	running, err := relay.Start(far, self, []string{roleVariable + "=" + role}, func() error { announced = true; return nil })
	check(t, err)
	if !announced {
		t.Error("it was not announced")
	}
	r := &relayed{pid: running.PID(), raw: near, served: make(chan child.Exit, 1)}
	go func() { // ends with the worker
		r.served <- running.Serve(relay.Buffered(far))
		close(r.served)
	}()
	t.Cleanup(func() { near.Close() })
	return r
}

func (r *relayed) wantExit(t *testing.T, code int, signal, stderr string) {
	t.Helper()
	exit, told := r.AwaitExit(hangs)
	if !told || exit.Code != code || exit.Signal != signal || exit.Stderr != stderr {
		t.Errorf("told %v: %+v", told, exit)
	}
}

// child reads the number of a process that the worker started.
func (r *relayed) child(t *testing.T) int {
	t.Helper()
	text := make([]byte, 8)
	_, err := io.ReadFull(r, text)
	check(t, err)
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	check(t, err)
	t.Cleanup(func() { syscall.Kill(pid, syscall.SIGKILL) })
	return pid
}

func (r *relayed) echoes(t *testing.T, text string) {
	t.Helper()
	go r.Write([]byte(text)) // ends with the wire
	got := make([]byte, len(text))
	if _, err := io.ReadFull(r, got); err != nil || string(got) != text {
		t.Fatalf("%.20q came back as %.20q, %v", text, got, err)
	}
}

// G3: also what the worker prints when it sees that its wire has ended.
func TestOutputAtTheVeryEndArrives(t *testing.T) {
	r := start(t, "echo")
	r.echoes(t, "item")
	r.echoes(t, strings.Repeat("x", 1<<20))
	check(t, r.Close())
	check(t, r.End(patiently(t)))
	r.wantExit(t, 7, "", "err at the end")
	if r.get(relay.Stdout) != "out at the end\n" || r.get(relay.Stderr) != "err at the end\n" {
		t.Errorf("printed %v", r.text)
	}
}

// G3, G8
func TestOutputRightBeforeDeathArrives(t *testing.T) {
	for role, want := range map[string]child.Exit{
		"dies at once": {Code: 5, Stderr: "last words"}, "dies by a signal": {Code: -1, Signal: "killed", Stderr: "last words"},
	} {
		t.Run(role, func(t *testing.T) {
			r := start(t, role)
			if got, err := io.ReadAll(r); len(got) > 0 || err != nil {
				t.Errorf("on the wire %q, %v", got, err)
			}
			r.wantExit(t, want.Code, want.Signal, want.Stderr)
			check(t, r.End(patiently(t)))
			if r.get(relay.Stdout) != "last output\n" {
				t.Errorf("printed %v", r.text)
			}
		})
	}
}

// G8: what it did not read must not hide how it ended.
func TestWorkerThatDiesWithUnreadWire(t *testing.T) {
	r := start(t, "dies at once")
	if _, err := r.Write(bytes.Repeat([]byte("x"), 4<<20)); err != nil {
		t.Logf("write: %v", err) // it may have come through
	}
	io.Copy(io.Discard, struct{ io.Reader }{r})
	r.wantExit(t, 5, "", "last words")
}

// G3
func TestFloodThatNobodyPrintsHoldsUpNoItem(t *testing.T) {
	r := start(t, "floods")
	r.hold.Lock()
	for i := range 100 {
		r.echoes(t, strings.Repeat("item", 1000)+strconv.Itoa(i))
	}
	r.hold.Unlock()
	r.Kill()
	check(t, r.End(patiently(t)))
	r.wantExit(t, -1, "killed", "")
	for i, line := range strings.Split(r.get(relay.Stdout), "\n") {
		if line != strings.Repeat("x", 999) && line != "" {
			t.Fatalf("line %d is %.80q", i, line)
		}
	}
}

// G6
func TestKillAfterClose(t *testing.T) {
	r := start(t, "stays")
	pid := r.child(t)
	check(t, r.Close())
	r.Kill()
	r.Kill()
	check(t, r.End(patiently(t)))
	r.wantExit(t, -1, "killed", "")
	if farsidetest.Alive(pid) || farsidetest.Alive(r.pid) {
		t.Error("it still runs")
	}
}

// G6: Kill is at once, also for a worker that would end by itself.
func TestKillWaitsForNothing(t *testing.T) {
	r := start(t, "echo")
	r.echoes(t, "item")
	r.Kill()
	check(t, r.End(patiently(t)))
	r.wantExit(t, -1, "killed", "")
}

// G6: it ends all the same.
func TestWorkerThatKeepsItsWireOpenAfterClose(t *testing.T) {
	r := start(t, "stays")
	pid := r.child(t)
	check(t, r.Close())
	check(t, r.End(patiently(t)))
	r.wantExit(t, -1, "killed", "")
	if farsidetest.Alive(pid) || farsidetest.Alive(r.pid) {
		t.Error("it still runs")
	}
}

// gone cuts the near side off without a word, and wants the worker to end for it.
func (r *relayed) gone(t *testing.T) {
	t.Helper()
	r.raw.Close()
	farsidetest.Within(t, hangs, "the worker's end", func() { <-r.served })
	if farsidetest.Alive(r.pid) {
		t.Error("the worker still runs")
	}
}

// G7
func TestNearSideGoneTakesTheWorkerWithIt(t *testing.T) {
	r := start(t, "stays")
	pid := r.child(t)
	r.gone(t)
	farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pid) }, "the worker's child still runs")
}

// G7: nobody reads what the near side says, so nobody would see that it goes.
func TestNearSideGoneWhileTheWorkerDoesNotRead(t *testing.T) {
	r := startBare(t, "stays")
	go func() { // ends with the connection
		for near := relay.NewWriter(r.raw); ; {
			if _, err := near.Write(make([]byte, 64<<10)); err != nil {
				return
			}
		}
	}()
	record := make([]byte, 4+8)
	_, err := io.ReadFull(r.raw, record) // the number of the worker's child
	check(t, err)
	pid, _ := strconv.Atoi(strings.TrimSpace(string(record[4:])))
	for range 2 { // once it does not read
		if _, err := io.ReadFull(r.raw, record[:4]); err != nil || string(record[:4]) != "\x80\x00\x00\x00" {
			t.Fatalf("it asks %q, %v", record[:4], err)
		}
	}
	r.gone(t)
	farsidetest.Eventually(t, func() bool { return !farsidetest.Alive(pid) }, "the worker's child still runs")
}

// G7
func TestNearSideGoneWhileTheWorkerFloods(t *testing.T) {
	r := start(t, "floods")
	r.hold.Lock()
	defer r.hold.Unlock()
	r.echoes(t, "item")
	r.gone(t)
}

// The end of the wire never comes then.
func TestNearSideGoneWithTheWireInOtherHands(t *testing.T) {
	r := start(t, "leaves a child with the wire")
	r.child(t)
	farsidetest.Eventually(t, func() bool { return len(farsidetest.Children()) == 0 }, "the worker does not end")
	r.gone(t)
}

// S5: the worker must not outlive a near side that breaks the rules.
func TestBadNearSideEndsItsWorker(t *testing.T) {
	for name, bad := range map[string]string{
		"took what was not sent": "\x04\x00\x00\x01\x01", "output": "\x03\x00\x00\x02\x01x", "took of no stream": "\x04\x00\x00\x01\x07",
		"unknown": "\x4d\x00\x00\x00", "far too long": "\x02\xff\xff\xff",
	} {
		t.Run(name, func(t *testing.T) {
			r := startBare(t, "stays")
			said := make(chan string, 1)
			go func() { // ends with the connection
				text, _ := io.ReadAll(relay.NewReader(r.raw))
				said <- string(text)
			}()
			io.WriteString(r.raw, bad)
			farsidetest.Within(t, hangs, "the worker's end", func() { <-r.served })
			<-said
		})
	}
}

// A near side may close and then kill, and one that says so for ever is no load.
func TestEndRecordsForEver(t *testing.T) {
	r := startBare(t, "echo")
	go io.Copy(io.Discard, r.raw) // ends with the connection
	near := relay.NewWriter(r.raw)
	n := 0
	for near.End("") == nil {
		n++
	}
	exit := <-r.served
	if exit.Code != 7 || n < 2 {
		t.Errorf("after %d end records it ended with %+v", n, exit)
	}
}

func TestStartThatFails(t *testing.T) {
	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	_, err := relay.Start(far, "/nowhere/worker", nil, func() error { t.Error("it was announced"); return nil })
	wantError(t, err, "check the path of the worker")
}

// What is announced comes first, however fast the worker prints.
func TestAnnouncedBeforeAnyOutput(t *testing.T) {
	self, err := os.Executable()
	check(t, err)
	near, far := net.Pipe()
	defer near.Close()
	first := make(chan string, 1)
	go func() { // ends with the connection
		text := make([]byte, 9)
		io.ReadFull(near, text)
		first <- string(text)
		io.Copy(io.Discard, near)
	}()
	running, err := relay.Start(far, self, []string{roleVariable + "=dies at once"}, func() error {
		farsidetest.Eventually(t, func() bool { return len(farsidetest.Children()) == 0 || dead(farsidetest.Children()) }, "it does not end")
		_, err := io.WriteString(far, "announced")
		return err
	})
	check(t, err)
	running.Serve(relay.Buffered(far))
	if got := <-first; got != "announced" {
		t.Errorf("first came %q", got)
	}
}

func dead(pids []int) bool {
	for _, pid := range pids {
		if farsidetest.Alive(pid) {
			return false
		}
	}
	return true
}

//go:build unix

package bootstrap_test

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	osexec "os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/worker"
)

// orphanBound is how long processes may outlive what ends them: two seconds are
// promised, several times that allows for a busy machine.
const orphanBound = 12 * time.Second

// testToken is that of servers in processes of their own.
const testToken = "0123456789abcdef"

func init() {
	modes["server"] = serverProcess
	modes["near side"] = nearSideProcess
	programs["stray"] = func(ctx context.Context, job *worker.Job) (any, error) {
		pid, err := stray()
		if err != nil {
			return nil, err
		}
		job.Channel.Send(ctx, []int{os.Getpid(), pid})
		select {}
	}
	programs["hash of the program"] = func(context.Context, *worker.Job) (any, error) {
		content, err := os.ReadFile("/proc/self/exe")
		return hashOf(content), err
	}
}

// stray starts a process that leaves its group and its parent.
func stray() (pid int, err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return 0, err
	}
	defer r.Close()
	cmd := osexec.Command("/bin/sh", "-c", `(setsid sh -c 'trap "" TERM INT HUP; echo $$ >&3; sleep 1000' &) &`)
	cmd.ExtraFiles = []*os.File{w}
	err = cmd.Run()
	w.Close()
	if err != nil {
		return 0, err
	}
	_, err = fmt.Fscanln(r, &pid)
	return pid, err
}

func kill(pid int) error { return syscall.Kill(pid, syscall.SIGKILL) }

// serverProcess serves with the store and the key that it is told, and prints its
// spec.
func serverProcess(args []string) error {
	s, err := bootstrap.NewServer(&bootstrap.Options{Token: testToken, Store: args[0], KeyFile: args[1]})
	if err != nil {
		return err
	}
	l, err := bootstrap.Listen("127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(s.Spec(l.Addr()))
	return s.Serve(l)
}

// nearSideProcess has a program run that leaves a stray, prints all pids, and then how
// the gateway was lost.
func nearSideProcess(args []string) error {
	keepAlive, err := time.ParseDuration(args[1])
	if err != nil {
		return err
	}
	ctx := context.Background()
	gw, err := gateway.Open(ctx, args[0], &gateway.Options{KeepAlive: keepAlive})
	if err != nil {
		return err
	}
	ch, err := gw.Exec(ctx, gateway.Source("stray"))
	if err != nil {
		return err
	}
	pids, err := channel.Receive[[]int](ctx, ch)
	if err != nil {
		return err
	}
	json.NewEncoder(os.Stdout).Encode(pids)
	_, err = ch.Receive(ctx)
	return err
}

// A process is the test binary as something else.
type process struct {
	*osexec.Cmd
	out *bufio.Reader
	in  io.WriteCloser
}

// start starts the test binary in a mode, behind a command such as ip netns exec.
func start(t *testing.T, mode string, before []string, args ...string) *process {
	t.Helper()
	command := append(append(before, self(t)), args...)
	p := &process{Cmd: osexec.Command(command[0], command[1:]...)}
	p.Env = append(os.Environ(), modeVariable+"="+mode)
	p.Stderr = farsidetest.Log(t, mode+": ")
	out, err := p.StdoutPipe()
	check(t, err)
	p.in, err = p.StdinPipe()
	check(t, err)
	p.out = bufio.NewReader(out)
	check(t, p.Start())
	t.Cleanup(p.kill)
	return p
}

func (p *process) kill() {
	p.Process.Kill()
	p.Wait()
}

func (p *process) line(t *testing.T) string {
	t.Helper()
	line, err := p.out.ReadString('\n')
	if err != nil {
		t.Fatalf("the process said %q, %v", line, err)
	}
	return strings.TrimSpace(line)
}

// pids reads what a near side's far side consists of, and ends it with the test.
func (p *process) pids(t *testing.T) (pids []int) {
	t.Helper()
	line := p.line(t)
	if err := json.Unmarshal([]byte(line), &pids); err != nil {
		t.Fatalf("the near side says %q", line)
	}
	endPIDs(t, pids)
	return pids
}

// endPIDs keeps a failed test from leaving what it checks.
func endPIDs(t *testing.T, pids []int) {
	t.Helper()
	for _, pid := range pids {
		if !farsidetest.Alive(pid) {
			t.Errorf("%d of %v was not there to begin with", pid, pids)
		}
		t.Cleanup(func() { kill(pid) })
	}
}

func wantGone(t *testing.T, pids []int) {
	t.Helper()
	farsidetest.EventuallyWithin(t, orphanBound, func() bool { return !slices.ContainsFunc(pids, farsidetest.Alive) },
		"some of the processes %v are left", pids)
}

// sendHalf is beginToSend that must not fail.
func sendHalf(t testing.TB, conn io.Writer, token string, content []byte) {
	t.Helper()
	check(t, beginToSend(conn, token, content))
}

// beginToSend sends a worker to its middle.
func beginToSend(conn io.Writer, token string, content []byte) error {
	if _, err := fmt.Fprintf(conn, "farside 1 token=%s worker=%s upload=zstd\n", token, hashOf(content)); err != nil {
		return err
	}
	packer, err := zstd.NewWriter(relay.NewWriter(conn))
	if err != nil {
		return err
	}
	if _, err := packer.Write(content[:len(content)/2]); err != nil {
		return err
	}
	return packer.Flush()
}

// awaitPart waits until some of a worker is on the disk.
func awaitPart(t testing.TB, dir string) {
	t.Helper()
	farsidetest.Eventually(t, func() bool { return len(parts(dir)) > 0 }, "no worker comes")
}

// parts are the workers that are on their way, with something in them.
func parts(dir string) (found []string) {
	names, _ := filepath.Glob(filepath.Join(dir, "*.part"))
	for _, name := range names {
		if info, err := os.Stat(name); err == nil && info.Size() > 0 {
			found = append(found, name)
		}
	}
	return found
}

func TestServerKilledAmidAnUpload(t *testing.T) {
	dir := t.TempDir()
	store, key := filepath.Join(dir, "workers"), filepath.Join(dir, "key")
	server := start(t, "server", nil, store, key)
	spec := server.line(t)
	content := make([]byte, 4<<20)
	rand.Read(content)
	address, _, _ := strings.Cut(strings.TrimPrefix(spec, "socket="), "//")
	conn, err := net.Dial("tcp", address)
	check(t, err)
	defer conn.Close()
	sendHalf(t, secure(t, conn), testToken, content)
	awaitPart(t, store)
	server.kill()
	if len(parts(store)) == 0 {
		t.Fatal("it left nothing, so that nothing is tested")
	}
	again := start(t, "server", nil, store, key)
	gw := open(t, again.line(t), nil)
	call[int](t, gw, "pid")
	ours, err := os.ReadFile(self(t))
	check(t, err)
	wantStored(t, store, hashOf(ours))
}

// G7, as it were, for the server.
func TestServerKilledLeavesNoWorkers(t *testing.T) {
	dir := t.TempDir()
	server := start(t, "server", nil, filepath.Join(dir, "workers"), filepath.Join(dir, "key"))
	gw := open(t, server.line(t), nil)
	ch, err := gw.Exec(t.Context(), gateway.Source("stray"))
	check(t, err)
	pids, err := channel.Receive[[]int](t.Context(), ch)
	check(t, err)
	endPIDs(t, pids)
	server.kill()
	wantGone(t, pids)
	if _, err := ch.Receive(t.Context()); !isLost(err) {
		t.Errorf("the channel ends with %v", err)
	}
}

// G7
func TestNearSideKilledLeavesNoWorkers(t *testing.T) {
	s := serve(t, nil)
	near := start(t, "near side", nil, s.spec, "30s")
	pids := near.pids(t)
	near.kill()
	wantGone(t, pids)
	farsidetest.Eventually(t, func() bool { return s.Clients() == 0 }, "the near side counts for ever")
	s.stillServes(t)
}

// A worker that is stopped cannot end by itself.
func TestNearSideKilledEndsAStoppedWorker(t *testing.T) {
	s := serve(t, nil)
	near := start(t, "near side", nil, s.spec, "30s")
	pids := near.pids(t)
	check(t, syscall.Kill(pids[0], syscall.SIGSTOP))
	near.kill()
	wantGone(t, pids)
	s.stillServes(t)
}

// A worker that is stopped takes nothing more, and what is on its way to it must not
// keep the server from noticing the end.
func TestStoppedWorkerWithAFullWireIsEnded(t *testing.T) {
	for name, ending := range map[string]struct {
		end     func(*running, *gateway.Gateway)
		silence time.Duration
	}{
		"by the near side": {func(_ *running, gw *gateway.Gateway) { gw.Kill() }, time.Second},
		"by the server":    {func(s *running, _ *gateway.Gateway) { s.Close() }, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			bootstrap.ShortenSilence(t, ending.silence)
			s := serve(t, nil)
			gw, err := gateway.Open(t.Context(), s.spec, farsidetest.Options(t, nil))
			check(t, err)
			defer gw.Kill()
			pids := []int{gw.Info().PID}
			endPIDs(t, pids)
			check(t, syscall.Kill(pids[0], syscall.SIGSTOP))
			fill(t, gw)
			go ending.end(s, gw) // ends with the worker
			wantGone(t, pids)
		})
	}
}

// fill sends as much as a far side takes that does not receive.
func fill(t *testing.T, gw *gateway.Gateway) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	var sending sync.WaitGroup
	for range 64 {
		ch, err := gw.NewChannel(t.Context())
		if err != nil {
			break // it is full, and lost already
		}
		sending.Go(func() {
			for ch.Send(ctx, make([]byte, 64<<10)) == nil {
			}
		})
	}
	sending.Wait()
}

package gateway_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	osexec "os/exec"
	"os/signal"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/worker"
)

// A far side outlives its near side by two seconds at the most; several times
// that allows for a busy machine.
const orphanBound = 12 * time.Second

// specVariable holds the spec that a near side opens.
const specVariable = "FARSIDE_GATEWAY_TEST_SPEC"

func init() {
	modes["near side"] = nearSide
	programs["ignore signals"] = func(ctx context.Context, job *worker.Job) (any, error) {
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGPIPE)
		job.Channel.Send(ctx, []int{})
		select {}
	}
	programs["spin on all processors"] = func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, []int{})
		for range 4 {
			go spin()
		}
		return spin(), nil
	}
	programs["flood for ever"] = func(ctx context.Context, job *worker.Job) (any, error) {
		job.Channel.Send(ctx, []int{})
		zeros := make([]byte, 1<<20)
		for {
			syscall.Write(1, zeros)
			syscall.Write(2, zeros)
			job.Stdout.Write(zeros)
		}
	}
	// a broken pipe must not end the worker before it has ended the children
	programs["children, then print for ever"] = func(ctx context.Context, job *worker.Job) (any, error) {
		pids, err := children(arg[string](job, 0))
		if err != nil {
			return nil, err
		}
		job.Channel.Send(ctx, pids)
		for {
			os.Stdout.WriteString("words, words, words\n")
		}
	}
	programs["children"] = func(ctx context.Context, job *worker.Job) (any, error) {
		pids, err := children(arg[string](job, 0))
		if err != nil {
			return nil, err
		}
		job.Channel.Send(ctx, pids)
		if arg[bool](job, 1) {
			select {}
		}
		<-ctx.Done()
		return nil, nil
	}
}

// strays are scripts that print pids to descriptor 3 and leave processes that do
// not end by themselves. They hold the standard output.
var strays = map[string]string{
	"in the group":          `trap '' TERM INT HUP; sleep 1000 & echo $! >&3; wait`,
	"with setsid":           `setsid sh -c 'echo $$ >&3; exec sleep 1000'; wait`,
	"with setsid, orphaned": `(setsid sh -c 'trap "" TERM INT HUP; echo $$ >&3; sleep 1000; sleep 1000' &) &`,
}

// children starts one of strays and gives the stray's pid.
func children(how string) ([]int, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	cmd := osexec.Command("/bin/sh", "-c", strays[how])
	cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = os.Stdout, os.Stderr, []*os.File{w}
	err = cmd.Start()
	w.Close()
	if err != nil {
		return nil, err
	}
	go cmd.Wait() // ends with the shell
	var pid int
	_, err = fmt.Fscanln(r, &pid)
	return []int{pid}, err
}

// nearSide opens a gateway, has a far program run, prints all pids and waits to be
// killed.
func nearSide() int {
	ctx := context.Background()
	gw, err := gateway.Open(ctx, os.Getenv(specVariable), &gateway.Options{Stdout: new(counter), Stderr: new(counter)})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	program := gateway.Source(os.Args[1])
	program.Stdout = new(counter)
	var args []any
	if len(os.Args) > 2 {
		args = []any{os.Args[2], true}
	}
	ch, err := gw.Exec(ctx, program, args...)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	pids, err := channel.Receive[[]int](ctx, ch)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	latecomer, err := joinGroup(gw.Info().PID)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	pids = append(pids, gw.Info().PID, latecomer)
	if gw.Spec().Kind != "popen" { // there is a process in between, the relay
		relay, err := gateway.Call[int](ctx, gw, gateway.Source("parent"))
		if err != nil {
			fmt.Println(err)
			return 1
		}
		pids = append(pids, relay)
	}
	json.NewEncoder(os.Stdout).Encode(pids)
	select {}
}

// joinGroup starts a process in the group of another. It stands for what far code
// starts when its descendants have just been looked for.
func joinGroup(leader int) (pid int, err error) {
	cmd := osexec.Command("sleep", "1000")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pgid: leader}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	return cmd.Process.Pid, nil
}

// G7
func TestNearSideKilledLeavesNoOrphans(t *testing.T) {
	shell := "cmd=" + cachedShell(t)
	open(t, shell, nil).Close() // sends the worker
	for _, args := range [][]string{
		{"spin on all processors"}, {"ignore signals"}, {"flood for ever"},
		{"children", "in the group"}, {"children", "with setsid"}, {"children", "with setsid, orphaned"},
		{"children, then print for ever", "with setsid, orphaned"},
	} {
		for _, spec := range []string{"popen", shell} {
			t.Run(spec[:3]+fmt.Sprint(args), func(t *testing.T) {
				t.Parallel()
				checkNoOrphans(t, spec, args)
			})
		}
	}
}

func checkNoOrphans(t *testing.T, spec string, args []string) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := osexec.Command(self, args...)
	cmd.Env = append(os.Environ(), modeVariable+"=near side", specVariable+"="+spec)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var pids []int
	if err != nil || json.Unmarshal(line, &pids) != nil {
		cmd.Process.Kill()
		cmd.Wait()
		t.Fatalf("the near side says %q, %v", line, err)
	}
	killAtEnd(t, pids)
	for _, pid := range pids {
		if !farsidetest.Alive(pid) {
			t.Errorf("%d of %v was not there to begin with", pid, pids)
		}
	}
	cmd.Process.Kill()
	cmd.Wait()
	checkGone(t, pids)
}

// checkGone waits for the end of processes.
func checkGone(t *testing.T, pids []int) {
	t.Helper()
	farsidetest.EventuallyWithin(t, orphanBound, func() bool { return !slices.ContainsFunc(pids, farsidetest.Alive) },
		"some of the processes %v are left", pids)
}

// killAtEnd keeps a failed test from leaving what it checks.
func killAtEnd(t *testing.T, pids []int) {
	t.Cleanup(func() {
		for _, pid := range pids {
			syscall.Kill(pid, syscall.SIGKILL)
			syscall.Kill(-pid, syscall.SIGKILL) // if it leads a session
		}
	})
}

// G6
func TestCloseEndsWhatFarCodeStarted(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"in the group", "with setsid", "with setsid, orphaned"} {
		for _, ignoring := range []bool{false, true} {
			t.Run(fmt.Sprint(how, ", ignoring: ", ignoring), func(t *testing.T) {
				gw := open(t, "popen", &gateway.Options{Grace: closeGrace})
				ch := exec(t, gw, "children", how, ignoring)
				pids, err := channel.Receive[[]int](t.Context(), ch)
				if err != nil {
					t.Fatal(err)
				}
				killAtEnd(t, pids)
				closeWithin(t, gw, closeBound)
				checkGone(t, pids)
			})
		}
	}
}

// Kill does not ask the worker.
func TestKillEndsWhatFarCodeStarted(t *testing.T) {
	for _, how := range []string{"in the group", "with setsid", "with setsid, orphaned"} {
		gw := open(t, "popen", nil)
		pids, err := channel.Receive[[]int](t.Context(), exec(t, gw, "children", how, true))
		if err != nil {
			t.Fatal(err)
		}
		killAtEnd(t, pids)
		stop(t, gw) // so that it cannot help
		gw.Kill()
		checkGone(t, pids)
	}
}

// A child that left the group holds the standard output open for ever.
func TestLossWithAChildThatHoldsTheOutput(t *testing.T) {
	t.Parallel()
	gw := open(t, "popen", nil)
	pids, err := channel.Receive[[]int](t.Context(), exec(t, gw, "children", "with setsid, orphaned", true))
	if err != nil {
		t.Fatal(err)
	}
	killAtEnd(t, pids)
	v := newVictim(t, gw)
	exec(t, gw, "exit 3")
	if exit := v.checkLost(t, lossBound); exit == nil || exit.Code != 3 {
		t.Errorf("the process ended with %+v", exit)
	}
}

// The far process cannot help: it is killed.
func TestLossEndsWhatFarCodeStarted(t *testing.T) {
	for how := range strays {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			gw := open(t, "popen", nil)
			pids, err := channel.Receive[[]int](t.Context(), exec(t, gw, "children", how, true))
			if err != nil {
				t.Fatal(err)
			}
			killAtEnd(t, pids)
			exec(t, gw, "kill yourself")
			<-gw.Done()
			checkGone(t, pids)
		})
	}
}

package gateway

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/stdio"
)

// exitWait is how long a process may take to end after its byte stream did,
// before it is killed and the loss is reported.
const exitWait = 500 * time.Millisecond

// A process is a far side that runs as a child of this program.
type process struct {
	cmd  *exec.Cmd
	conn io.ReadWriteCloser
	tail stdio.Tail // of its standard error

	copying sync.WaitGroup // of its output
	pipes   []*outputPipe
	exited  chan struct{} // closed when it was waited for
	exit    *ExitError    // set before exited is closed

	mu     sync.Mutex
	reaped bool // its pid may be another's
}

// startProcess starts a worker in a process group of its own. Its output goes to
// p, by lines.
func startProcess(path string, env []string, p *stdio.Printer) (*process, error) {
	proc := &process{cmd: exec.Command(path), exited: make(chan struct{})}
	proc.cmd.Env = append(os.Environ(), env...)
	proctree.Isolate(proc.cmd)
	wire, err := openWire(proc.cmd)
	if err != nil {
		return nil, fmt.Errorf("make the wire: %w", err)
	}
	proc.conn = wire.near
	far, err := proc.openOutput(p)
	if err == nil {
		err = proc.cmd.Start()
	}
	closeAll(append(far, wire.far...))
	if err != nil {
		proc.conn.Close()
		proc.cutOutput()
		proc.copying.Wait()
		return nil, explainStart(path, err)
	}
	go proc.wait() // ends with the process
	return proc, nil
}

// wait reaps the process and ends what is left of its group.
func (proc *process) wait() {
	err := proc.cmd.Wait()
	proc.mu.Lock()
	proctree.Kill(proc.pid())
	proc.reaped = true
	proc.mu.Unlock()
	proc.endOutput()
	proc.exit = exitOf(proc.cmd, err)
	proc.exit.Stderr = proc.tail.String()
	close(proc.exited)
}

// exitOf says how the process ended.
func exitOf(cmd *exec.Cmd, err error) *ExitError {
	state := cmd.ProcessState
	if state == nil {
		return &ExitError{Code: -1, Signal: "unknown: " + fmt.Sprint(err)}
	}
	return &ExitError{Code: state.ExitCode(), Signal: signalOf(state)}
}

func (proc *process) pid() int { return proc.cmd.Process.Pid }

// kill ends the process and what it started, if it was not waited for yet.
func (proc *process) kill() {
	proc.mu.Lock()
	defer proc.mu.Unlock()
	if !proc.reaped {
		proctree.Kill(proc.pid())
	}
}

// end kills the process and waits until it and its output have ended, but not
// longer than ctx.
func (proc *process) end(ctx context.Context) error {
	go proc.kill() // ends with the system's answer, which has no bound
	defer proc.cutOutput()
	select {
	case <-proc.exited:
		await(ctx, &proc.copying)
		return nil
	case <-ctx.Done():
		return fmt.Errorf("process %d does not end", proc.pid())
	}
}

// explain gives the process's end as the cause of err, ending the process if it
// did not. What it gives does not match io.EOF: a loss must not pass for an
// orderly end.
func (proc *process) explain(err error) error {
	timer := time.NewTimer(exitWait)
	defer timer.Stop()
	select {
	case <-proc.exited:
		return fmt.Errorf("%v: %w", err, proc.exit)
	case <-timer.C:
		proc.kill()
		return fmt.Errorf("%v (its process was still there and was killed)", err)
	}
}

// await waits for group, but not longer than ctx.
func await(ctx context.Context, group *sync.WaitGroup) {
	ended := make(chan struct{})
	go func() { // ends with the group
		group.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-ctx.Done():
	}
}

func closeAll(files []*os.File) {
	for _, file := range files {
		file.Close()
	}
}

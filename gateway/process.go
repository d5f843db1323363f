package gateway

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/farside-go/farside/internal/proctree"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/stdio"
)

const (
	// exitWait is how long a process may take to end after its byte stream did,
	// before it is killed and the loss is reported.
	exitWait = 500 * time.Millisecond

	// outputWait is how long output is waited for after the process's end; a
	// child that left its group may hold the pipe open for ever.
	outputWait = 200 * time.Millisecond
)

// A process is a far side that runs as a child of this program.
type process struct {
	cmd  *exec.Cmd
	conn io.ReadWriteCloser
	tail stdio.Tail // of its standard error

	output sync.WaitGroup
	pipes  []*os.File    // the ends that are read here
	exited chan struct{} // closed when it was waited for
	exit   *ExitError    // set before exited is closed
}

// startProcess starts a worker in a process group of its own. Its output goes to
// p, by lines.
func startProcess(argv, env []string, p *printers) (*process, error) {
	proc := &process{cmd: exec.Command(argv[0], argv[1:]...), exited: make(chan struct{})}
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
		closeAll(proc.pipes)
		proc.output.Wait()
		return nil, explainStart(argv[0], err)
	}
	go proc.wait() // ends with the process
	return proc, nil
}

// openOutput gives the process pipes for what user code may write to.
func (proc *process) openOutput(p *printers) (far []*os.File, err error) {
	for _, stream := range []byte{request.Stdout, request.Stderr} {
		if stream == request.Stdout && proc.cmd.Stdout != nil {
			continue // it carries the wire
		}
		r, w, err := os.Pipe()
		if err != nil {
			return far, err
		}
		far = append(far, w)
		proc.pipes = append(proc.pipes, r)
		lines := p.lines(stream)
		if stream == request.Stdout {
			proc.cmd.Stdout = w
			proc.output.Go(func() { copyLines(lines, r) })
			continue
		}
		proc.cmd.Stderr = w
		proc.output.Go(func() { copyLines(lines, io.TeeReader(r, &proc.tail)) })
	}
	return far, nil
}

// copyLines passes output on until it ends. It goes on reading when the writer
// fails, so that the process is not held up.
func copyLines(to *stdio.LineWriter, from io.Reader) {
	buf := make([]byte, 32<<10)
	for {
		n, err := from.Read(buf)
		to.Write(buf[:n])
		if err != nil {
			to.Flush()
			return
		}
	}
}

// wait reaps the process and ends what it started.
func (proc *process) wait() {
	err := proc.cmd.Wait()
	proctree.Kill(proc.pid())
	proc.endOutput()
	proc.exit = exitOf(proc.cmd, err)
	proc.exit.Stderr = proc.tail.String()
	close(proc.exited)
}

// endOutput waits for the rest of the output, for a moment.
func (proc *process) endOutput() {
	ended := make(chan struct{})
	go func() { // ends with the pipes
		proc.output.Wait()
		close(ended)
	}()
	timer := time.NewTimer(outputWait)
	defer timer.Stop()
	select {
	case <-ended:
	case <-timer.C:
		for _, pipe := range proc.pipes {
			pipe.SetReadDeadline(time.Unix(1, 0))
		}
	}
	go func() { // ends with the copying, which a writer may hold up
		<-ended
		closeAll(proc.pipes)
	}()
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
	select {
	case <-proc.exited:
	default:
		proctree.Kill(proc.pid())
	}
}

// awaitExit reports whether the process was waited for within limit.
func (proc *process) awaitExit(limit time.Duration) bool {
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-proc.exited:
		return true
	case <-timer.C:
		return false
	}
}

// explain gives the process's end as the cause of err, ending the process if it
// did not.
func (proc *process) explain(err error) error {
	if !proc.awaitExit(exitWait) {
		proc.kill()
		return fmt.Errorf("%w (its process was still there and was killed)", err)
	}
	return errors.Join(err, proc.exit)
}

func closeAll(files []*os.File) {
	for _, file := range files {
		file.Close()
	}
}

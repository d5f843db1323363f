// Package workerbin finds the program that is started as a worker, or has the
// local toolchain build it.
package workerbin

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/farside-go/farside/internal/reexec"
)

// command is the package of the command that can be a worker.
const command = "github.com/farside-go/farside/cmd/farside"

// errForgotten keeps a program that forgot the entry point from starting itself
// over and over.
var errForgotten = errors.New("this process was started as a worker, but its program opens gateways " +
	"before it calls interp.Main(), which belongs at the top of main, or of TestMain")

// A Want says which worker is looked for.
type Want struct {
	Given    string // the path of one, or of a folder with one for each system; default: any that can be had
	Lean     bool   // without the interpreter
	OS, Arch string // as Go calls them
}

// Find gives the path of the worker's program (B3).
func Find(ctx context.Context, want Want) (path string, err error) {
	switch local := want.OS == runtime.GOOS && want.Arch == runtime.GOARCH; {
	case reexec.IsWorker():
		return "", errForgotten
	case want.Given != "":
		return want.given()
	case local:
		return want.local(ctx)
	}
	path, err = want.buildOnce(ctx)
	if err != nil {
		return "", fmt.Errorf("no worker for %s/%s was found; give worker=FOLDER with a program %s in it; tried\n\tone built by the local toolchain: %w",
			want.OS, want.Arch, want.fileName(), err)
	}
	return path, nil
}

// given looks into a folder of workers.
func (want Want) given() (string, error) {
	info, err := os.Stat(want.Given)
	if err != nil || !info.IsDir() {
		return want.Given, nil // what is wrong with a file is told when it is started
	}
	path := filepath.Join(want.Given, want.fileName())
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("the folder of workers: %w", err)
	}
	return path, nil
}

// fileName is what the worker is called in a folder of workers.
func (want Want) fileName() string {
	name := "farside-"
	if want.Lean {
		name += "lean-"
	}
	name += want.OS + "-" + want.Arch
	if want.OS == "windows" {
		name += ".exe"
	}
	return name
}

// local finds one for this system.
func (want Want) local(ctx context.Context) (path string, err error) {
	self, tried := want.self()
	if self != "" {
		return self, nil
	}
	advice := "give worker=PATH"
	if !want.Lean {
		installed, err := exec.LookPath("farside")
		if err == nil {
			return installed, nil
		}
		tried += "\n\tan installed farside command: not on PATH"
		advice = "call interp.Main() first thing in main, install " + command + ", or " + advice
	}
	built, err := want.buildOnce(ctx)
	if err == nil {
		return built, nil
	}
	return "", fmt.Errorf("no worker was found; %s; tried\n\t%s\n\tone built by the local toolchain: %w", advice, tried, err)
}

// self gives the path of this program if it is such a worker, or says why it is none.
func (want Want) self() (path, why string) {
	switch able := reexec.Self(); {
	case able == reexec.Unable:
		return "", "this program: it does not call interp.Main() at the top of main, or of TestMain"
	case able == reexec.Full && want.Lean:
		return "", "this program: it calls interp.Main(), where a lean worker calls worker.Main()"
	}
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Sprintf("this program: %v", err)
	}
	return path, ""
}

// Package workerbin finds the program that is started as a worker, or has the
// local toolchain build it.
package workerbin

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/farside-go/farside/internal/reexec"
)

// command is the package of the command that can be a worker.
const command = "github.com/farside-go/farside/cmd/farside"

// errForgotten keeps a program that forgot the entry point from starting itself
// over and over.
var errForgotten = errors.New("this process was started as a worker, but its program opens gateways " +
	"before it calls interp.Main(), which belongs at the top of main, or of TestMain")

// Find gives the path of the worker's program (B3): the one that was given, if
// it is not empty.
func Find(ctx context.Context, given string) (path string, err error) {
	if reexec.IsWorker() {
		return "", errForgotten
	}
	if given != "" {
		return given, nil
	}
	var tried []string
	if reexec.Self() != reexec.Unable {
		self, err := os.Executable()
		if err == nil {
			return self, nil
		}
		tried = append(tried, fmt.Sprintf("this program: %v", err))
	} else {
		tried = append(tried, "this program: it does not call interp.Main() at the top of main, or of TestMain")
	}
	installed, err := exec.LookPath("farside")
	if err == nil {
		return installed, nil
	}
	tried = append(tried, "an installed farside command: not on PATH")
	built, err := buildOnce(ctx)
	if err == nil {
		return built, nil
	}
	tried = append(tried, fmt.Sprintf("one built by the local toolchain: %v", err))
	return "", errors.New("no worker was found; call interp.Main() first thing in main, install " + command +
		", or give worker=PATH; tried\n\t" + strings.Join(tried, "\n\t"))
}

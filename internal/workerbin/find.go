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
	"strings"

	"github.com/farside-go/farside/internal/reexec"
)

// command is the package of the command that can be a worker.
const command = "github.com/farside-go/farside/cmd/farside"

// errForgotten keeps a program that forgot the entry point from starting itself
// over and over.
var errForgotten = errors.New("this process was started as a worker, but its program opens gateways " +
	"before it calls interp.Main(), which belongs at the top of main, or of TestMain")

// Find gives the path of the worker's program for a system (B3): the one that was
// given, if it is not empty. If that is a folder, it holds one for each system.
func Find(ctx context.Context, given, goos, goarch string) (path string, err error) {
	switch local := goos == runtime.GOOS && goarch == runtime.GOARCH; {
	case reexec.IsWorker():
		return "", errForgotten
	case given != "":
		return fromFolder(given, goos, goarch)
	case local:
		return find(ctx)
	}
	path, err = buildOnce(ctx, goos, goarch)
	if err != nil {
		return "", fmt.Errorf("no worker for %s/%s was found; give worker=FOLDER with a program %s in it; tried\n\tone built by the local toolchain: %w",
			goos, goarch, fileName(goos, goarch), err)
	}
	return path, nil
}

// fromFolder looks into a folder of workers.
func fromFolder(given, goos, goarch string) (string, error) {
	info, err := os.Stat(given)
	if err != nil || !info.IsDir() {
		return given, nil // what is wrong with a file is told when it is started
	}
	path := filepath.Join(given, fileName(goos, goarch))
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("the folder of workers: %w", err)
	}
	return path, nil
}

// fileName is what a system's worker is called in a folder of workers.
func fileName(goos, goarch string) string {
	name := "farside-" + goos + "-" + goarch
	if goos == "windows" {
		name += ".exe"
	}
	return name
}

// find is Find for this system.
func find(ctx context.Context) (path string, err error) {
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
	built, err := buildOnce(ctx, runtime.GOOS, runtime.GOARCH)
	if err == nil {
		return built, nil
	}
	tried = append(tried, fmt.Sprintf("one built by the local toolchain: %v", err))
	return "", errors.New("no worker was found; call interp.Main() first thing in main, install " + command +
		", or give worker=PATH; tried\n\t" + strings.Join(tried, "\n\t"))
}

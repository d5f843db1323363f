package worker

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"runtime"
	"strconv"
	"strings"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/version"
)

// setUp does what the near side's hello asks of the process.
func setUp(near *hello.Line, whole bool) error {
	for key, value := range near.Fields {
		name, isEnv := strings.CutPrefix(key, request.FieldEnv)
		if !isEnv && key != request.FieldChdir && key != request.FieldNice && key != request.FieldMemory {
			continue
		}
		if !whole {
			return fmt.Errorf("%s: an in-process far side shares the directory, environment, memory and priority of this process", key)
		}
		if isEnv {
			if err := os.Setenv(name, value); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
		}
	}
	if dir := near.Fields[request.FieldChdir]; dir != "" {
		if err := changeDir(dir); err != nil {
			return err
		}
	}
	if nice := near.Fields[request.FieldNice]; nice != "" {
		n, err := strconv.Atoi(nice)
		if err != nil {
			return fmt.Errorf("nice %q is not a number", nice)
		}
		return renice(n)
	}
	return nil
}

func changeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("chdir: %w", err)
	}
	if err := os.Chdir(dir); err != nil {
		return fmt.Errorf("chdir: %w", err)
	}
	return nil
}

var errNoNice = errors.New("nice: not supported on " + runtime.GOOS)

// hello says what this far side is.
func (w *server) hello() *hello.Line {
	fields := map[string]string{
		request.FieldPID:     strconv.Itoa(os.Getpid()),
		request.FieldOS:      runtime.GOOS,
		request.FieldArch:    runtime.GOARCH,
		request.FieldGo:      runtime.Version(),
		request.FieldVersion: version.String(),
		request.FieldUser:    userName(),
	}
	if host, err := os.Hostname(); err == nil {
		fields[request.FieldHost] = host
	}
	if dir, err := os.Getwd(); err == nil {
		fields[request.FieldDir] = dir
	}
	if w.opts.Engine != nil {
		fields[request.FieldSource] = "1"
	}
	return &hello.Line{Fields: fields}
}

// userName prefers the environment: looking an id up can ask the network.
func userName() string {
	for _, name := range []string{"USER", "LOGNAME", "USERNAME"} {
		if value := os.Getenv(name); value != "" {
			return value
		}
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return strconv.Itoa(os.Getuid())
}

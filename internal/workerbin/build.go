package workerbin

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"
)

// built are the workers that this process had built, by system.
var built struct {
	sync.Mutex
	paths map[string]string
}

// buildOnce builds the farside command in the version that the current module
// requires, once for this process and each system.
func buildOnce(ctx context.Context, goos, goarch string) (string, error) {
	built.Lock()
	defer built.Unlock()
	system := goos + "/" + goarch
	if path := built.paths[system]; path != "" {
		if _, err := os.Stat(path); err == nil {
			return path, nil
		}
	}
	path, err := build(ctx, goos, goarch)
	if err != nil {
		return "", err
	}
	if built.paths == nil {
		built.paths = map[string]string{}
	}
	built.paths[system] = path
	return path, nil
}

// build has the toolchain write the command into the user's cache, under a
// temporary name first. Its name tells its content, since programs of several
// versions may build and start theirs at the same time.
func build(ctx context.Context, goos, goarch string) (string, error) {
	dir, err := privateCache()
	if err != nil {
		return "", err
	}
	tmp, err := os.MkdirTemp(dir, "build-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	fresh := filepath.Join(tmp, "worker")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", fresh, command)
	cmd.WaitDelay = time.Second // what it started may outlive it, and holds its output
	if goos != runtime.GOOS || goarch != runtime.GOARCH {
		cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH="+goarch, "CGO_ENABLED=0")
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build %s: %w: %s", command, err, strings.TrimSpace(string(out)))
	}
	hash, err := hashFile(fresh)
	if err != nil {
		return "", err
	}
	name := "worker-" + hash[:16]
	if goos == "windows" {
		name += ".exe"
	}
	path := filepath.Join(dir, name)
	return path, os.Rename(fresh, path)
}

// privateCache gives the folder for workers, which nobody else may write to.
func privateCache() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "farside")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	info, err := os.Lstat(dir)
	if err != nil {
		return "", err
	}
	if !info.IsDir() || !isPrivate(info) {
		return "", fmt.Errorf("%s is not a folder that only this user can write to (%v); remove it", dir, info.Mode())
	}
	return dir, nil
}

func hashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

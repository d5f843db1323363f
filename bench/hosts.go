package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"golang.org/x/crypto/ssh"
)

const (
	sshdPath  = "/usr/sbin/sshd"
	hostCount = 50

	// A long line, each way, and how much of it there is.
	lineDelay = 50 * time.Millisecond
	lineRate  = 100e6 / 8
)

// hosts are machines with an SSH server: this one, behind as many servers as there
// are, with keys that were made for it.
type hosts struct {
	dir     string
	servers []*exec.Cmd
	plain   *link // to the first of them
	long    *link // to the same, over a long line
}

// startHosts makes all that servers and their user need.
func startHosts() (h *hosts, err error) {
	if _, err := exec.LookPath(sshdPath); err != nil {
		return nil, fmt.Errorf("install openssh-server: %w", err)
	}
	h = &hosts{}
	if h.dir, err = os.MkdirTemp("", "farside-bench-ssh-"); err != nil {
		return nil, err
	}
	if os.Getuid() == 0 { // where the servers keep their unprivileged part
		if err := os.MkdirAll("/run/sshd", 0o755); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(h.makeKeys(), h.buildWorkers(), h.startServers()); err != nil {
		return nil, errors.Join(err, h.close())
	}
	return h, nil
}

func (h *hosts) path(name string) string { return filepath.Join(h.dir, name) }

func (h *hosts) write(name, text string) error {
	return os.WriteFile(h.path(name), []byte(text), 0o600)
}

func (h *hosts) makeKeys() error {
	host, err := h.makeKey("host")
	if err != nil {
		return err
	}
	own, err := h.makeKey("own")
	if err != nil {
		return err
	}
	return errors.Join(h.write("known", "far "+host), h.write("authorized", own))
}

// makeKey writes a private key and gives the line of the public one.
func (h *hosts) makeKey(name string) (line string, err error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", err
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		return "", err
	}
	shown, err := ssh.NewPublicKey(public)
	if err != nil {
		return "", err
	}
	return string(ssh.MarshalAuthorizedKey(shown)), h.write(name, string(pem.EncodeToMemory(block)))
}

// buildWorkers fills a folder of workers, built as small as a near side has them built.
func (h *hosts) buildWorkers() error {
	for _, kind := range []string{"full", "lean"} {
		name := "farside-" + strings.TrimPrefix(kind+"-", "full-") + runtime.GOOS + "-" + runtime.GOARCH
		build := exec.Command("go", "build", "-o", filepath.Join(h.path("workers"), name), "-ldflags=-s -w", "./internal/workerbin/"+kind)
		build.Dir = ".." // the bench runs in its own folder
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		if out, err := build.CombinedOutput(); err != nil {
			return fmt.Errorf("build a worker: %w: %s", err, out)
		}
	}
	return nil
}

// startServers starts them, and writes the configuration that reaches them as far0, far1
// and so on, and the first of them over a line that counts and a long one.
func (h *hosts) startServers() error {
	me, err := user.Current()
	if err != nil {
		return err
	}
	config := fmt.Sprintf("Host far* counted long\nHostName 127.0.0.1\nHostKeyAlias far\nUser %s\nIdentityFile %s\nIdentitiesOnly yes\n"+
		"UserKnownHostsFile %s\nGlobalKnownHostsFile none\n", me.Username, h.path("own"), h.path("known"))
	for i := range hostCount {
		address, err := h.startServer(i)
		if err != nil {
			return err
		}
		_, port, _ := net.SplitHostPort(address)
		config += fmt.Sprintf("Host far%d\nPort %s\n", i, port)
		if i > 0 {
			continue
		}
		if h.plain, err = newLink(address, 0, 0); err != nil {
			return err
		}
		if h.long, err = newLink(address, lineDelay, lineRate); err != nil {
			return err
		}
		config += fmt.Sprintf("Host counted\nPort %d\nHost long\nPort %d\n",
			h.plain.Addr().(*net.TCPAddr).Port, h.long.Addr().(*net.TCPAddr).Port)
	}
	return h.write("config", config)
}

// startServer starts one at a free port. Whoever logs in has a home of its own, in which
// no shell finds anything to do first.
func (h *hosts) startServer(n int) (address string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	address = l.Addr().String()
	l.Close()
	name := fmt.Sprintf("sshd_config%d", n)
	err = h.write(name, fmt.Sprintf("ListenAddress %s\nHostKey %s\nAuthorizedKeysFile %s\nPidFile none\nStrictModes no\nPermitRootLogin yes\n"+
		"UsePAM no\nPasswordAuthentication no\nLogLevel ERROR\nSubsystem sftp internal-sftp\nSetEnv HOME=%s XDG_CACHE_HOME=%s\n",
		address, h.path("host"), h.path("authorized"), h.path("home"), h.path("cache")))
	if err != nil {
		return "", err
	}
	cmd := exec.Command(sshdPath, "-D", "-e", "-f", h.path(name))
	if err := cmd.Start(); err != nil {
		return "", err
	}
	h.servers = append(h.servers, cmd)
	return address, awaitServer(address)
}

// awaitServer waits until a server listens.
func awaitServer(address string) error {
	const patience = 1000
	for range patience {
		if conn, err := net.Dial("tcp", address); err == nil {
			return conn.Close()
		}
		time.Sleep(10 * time.Millisecond)
	}
	return fmt.Errorf("nobody listens at %s", address)
}

func (h *hosts) close() error {
	for _, cmd := range h.servers {
		cmd.Process.Kill()
		cmd.Wait()
	}
	for _, l := range []*link{h.plain, h.long} {
		if l != nil {
			l.Close()
		}
	}
	return os.RemoveAll(h.dir)
}

package peers_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/reexec"
	"github.com/farside-go/farside/worker"
)

func TestMain(m *testing.M) {
	worker.Main()              // linked, so that tests whose worker has changed are not answered from the cache
	reexec.Mark(reexec.Unable) // but too large to be it
	beNear()
	farsidetest.Main(m)
}

// A host is reached by SSH and keeps its workers in a folder of its own.
type host struct {
	testing.TB
	dir   string
	cache string
}

func newHost(t testing.TB) *host {
	t.Helper()
	h := &host{t, farsidetest.NewHost(t), t.TempDir()}
	h.edit("sshd_config", `XDG_CACHE_HOME=\S*`, "XDG_CACHE_HOME="+h.cache+" HOME="+h.dir) // where no shell finds anything to do first
	return h
}

func (h *host) edit(name, old, new string) {
	h.Helper()
	farsidetest.EditHost(h, h.dir, name, func(text string) string { return regexp.MustCompile(old).ReplaceAllString(text, new) })
}

func (h *host) path(name string) string { return filepath.Join(h.dir, name) }

// at has the host be reached at an address.
func (h *host) at(address string) {
	h.Helper()
	name, port, _ := net.SplitHostPort(address)
	h.edit("config", "ProxyCommand .*", "HostName "+name+"\nHostKeyAlias far\nPort "+port)
}

func (h *host) spec() string { return "ssh=far//lean//ssh_config=" + h.path("config") }

// open opens a gateway to it and sees that it works.
func (h *host) open(ctx context.Context, opts *gateway.Options) (*gateway.Gateway, error) {
	h.Helper()
	return openAt(h, ctx, h.spec(), opts)
}

func openAt(t testing.TB, ctx context.Context, spec string, opts *gateway.Options) (*gateway.Gateway, error) {
	t.Helper()
	gw, err := gateway.Open(ctx, spec, farsidetest.Options(t, opts))
	if err == nil {
		_, err = gw.Status(ctx)
	}
	return gw, err
}

// works opens a gateway, uses it and closes it.
func works(t testing.TB, spec string) gateway.Info {
	t.Helper()
	gw, err := openAt(t, t.Context(), spec, nil)
	if err == nil {
		err = gw.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return gw.Info()
}

// wantFailure wants an Open that failed at one of these stages, in words of which one is
// among these.
func wantFailure(t testing.TB, err error, stages []string, words ...string) {
	t.Helper()
	failed, ok := errors.AsType[*gateway.OpenError](err)
	if !ok {
		t.Fatalf("got %v, want an OpenError", err)
	}
	if !strings.Contains(strings.Join(stages, " "), failed.Stage) {
		t.Errorf("it failed at the stage %s, want one of %v: %v", failed.Stage, stages, err)
	}
	for _, word := range words {
		if strings.Contains(err.Error(), word) {
			return
		}
	}
	t.Errorf("the error says none of %q: %v", words, err)
}

// running lists the processes whose program lies in a folder, or did.
func running(dir string) (pids []int) {
	programs, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, program := range programs {
		if path, err := os.Readlink(program); err == nil && strings.HasPrefix(path, dir+"/") {
			pid, _ := strconv.Atoi(strings.Split(program, "/")[2])
			pids = append(pids, pid)
		}
	}
	return pids
}

// files lists what is in a folder, by its path in that.
func files(dir string) (names []string) {
	filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			names = append(names, strings.TrimPrefix(path, dir+"/"))
		}
		return nil
	})
	return names
}

// missing skips a test, loudly, or fails it if FARSIDE_REQUIRE names what is missing.
func missing(t testing.TB, what, why string) {
	t.Helper()
	if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), what) {
		t.Fatalf("%s is required: %s", what, why)
	}
	t.Skipf("SKIPPED: %s", why)
}

func requireRoot(t testing.TB) {
	t.Helper()
	if os.Getuid() != 0 {
		missing(t, "root", "only root may do this")
	}
}

// script writes a program.
func script(t testing.TB, dir, name, text string) (path string) {
	t.Helper()
	path = filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// run runs a program to its end.
func run(t testing.TB, argv ...string) (out string) {
	t.Helper()
	said, err := exec.Command(argv[0], argv[1:]...).CombinedOutput()
	if err != nil {
		t.Fatalf("%q: %v: %s", argv, err, said)
	}
	return string(said)
}

// A proxy passes connections to a server that is made for each of them, over pass.
type proxy struct {
	net.Listener
	config string
	pass   func(to io.Writer, from io.Reader) // what the near side sends
	work   sync.WaitGroup
}

// serve serves a host at an address of its own until the test ends.
func serve(h *host, pass func(to io.Writer, from io.Reader)) *proxy {
	h.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.Fatal(err)
	}
	p := &proxy{Listener: l, config: h.path("sshd_config"), pass: pass}
	p.work.Go(p.accept) // ends with the listener
	h.Cleanup(func() { l.Close(); p.work.Wait() })
	h.at(l.Addr().String())
	return p
}

func (p *proxy) accept() {
	for {
		conn, err := p.Accept()
		if err != nil {
			return
		}
		p.work.Go(func() { p.serveOne(conn) }) // ends with the connection
	}
}

func (p *proxy) serveOne(conn net.Conn) {
	cmd := exec.Command("/usr/sbin/sshd", "-i", "-f", p.config)
	in, _ := cmd.StdinPipe()
	cmd.Stdout = conn
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	p.pass(in, conn)
	in.Close()
	conn.Close()
	cmd.Wait()
}

func copyAll(to io.Writer, from io.Reader) { io.Copy(to, from) }

//go:build unix

package stagezero_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/stagezero"
	"github.com/farside-go/farside/internal/workerbin"
)

// inPlaces runs a shell with places of its own: /var/tmp, /tmp, /dev/shm and the current folder
// are those of nobody else. setup is what the shell does first.
func inPlaces(t *testing.T, s shell, use func(*started), setup ...string) {
	t.Helper()
	requireMounts(t)
	if s.cache == "" {
		s.cache = t.TempDir()
	}
	path := s.path
	if path == "" {
		path = os.Getenv("PATH")
	}
	self := filepath.Dir(self(t).Path)
	script := `set -e; cd /; mkdir -p "$XDG_CACHE_HOME/bin"; PATH=` + os.Getenv("PATH") + `
		mount -t tmpfs none /mnt; mkdir /mnt/self; mount --bind ` + self + ` /mnt/self
		mkdir /mnt/tools; mount --bind ` + filepath.SplitList(path)[0] + ` /mnt/tools
		mkdir /mnt/cache; mount --bind "$XDG_CACHE_HOME" /mnt/cache; XDG_CACHE_HOME=/mnt/cache
		for place in /var/tmp /dev/shm /tmp; do mount -t tmpfs none $place; done
		` + strings.Join(setup, "\n") + `
		export XDG_CACHE_HOME; set +e; PATH=/mnt/tools`
	if s.path == "" {
		script += ":" + path
	}
	s.argv = append([]string{"unshare", "-m", "/bin/sh", "-c", script + "\nexec \"$@\"", "x"}, s.argv...)
	s.path = ""
	use(s.start(t))
}

const (
	noexec   = `for place in /var/tmp /dev/shm /tmp /mnt/cache /run; do mount -t tmpfs -o noexec none $place; done; cd /run; export TMPDIR=/run`
	readOnly = `for place in /var/tmp /dev/shm /tmp /mnt/cache /run; do mount -t tmpfs -o ro none $place; done; cd /run; export TMPDIR=/run`
)

func TestNoPlaceAllowsPrograms(t *testing.T) {
	for name, c := range map[string]struct{ setup, why string }{
		"noexec":    {noexec, "programs do not run there: "},
		"read-only": {readOnly, "Read-only file system"},
		"full":      {strings.ReplaceAll(noexec, "noexec", "size=4k,nr_inodes=1"), "No space left on device"},
	} {
		for _, ephemeral := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				s := settings(t)
				s.Ephemeral = ephemeral
				inPlaces(t, shell{argv: []string{"sh"}}, func(p *started) {
					_, err := bringUp(t, p, s)
					checkFailed(t, err, stagezero.StageUpload, "no folder over there takes a worker", c.why, "XDG_CACHE_HOME")
					for _, place := range []string{"/mnt/cache/", "/var/tmp/", "/tmp/", "/dev/shm/", "/run/"} {
						if !strings.Contains(err.Error(), "\n\t"+place) {
							t.Errorf("the error does not say what is wrong with %s: %v", place, err)
						}
					}
				}, c.setup)
			})
		}
	}
}

// The names of places are told as they are.
func TestFaultsNameOddPlaces(t *testing.T) {
	for _, name := range []string{"a+b %41 c", "100%", "größe", "tab\tand more", "line\nline", `back\slash`} {
		inPlaces(t, shell{argv: []string{"sh"}, env: []string{"ODD=" + name}}, func(p *started) {
			_, err := bringUp(t, p, settings(t))
			checkFailed(t, err, stagezero.StageUpload, "\n\t/mnt/cache/"+name+"/farside/workers: programs do not run there")
		}, noexec, `XDG_CACHE_HOME="/mnt/cache/$ODD"`)
	}
}

// The last of the places will do as well as the first.
func TestOnePlaceAllowsPrograms(t *testing.T) {
	for _, place := range []string{"/mnt/cache", "/var/tmp", "/tmp", "/dev/shm", "/run/tmpdir", "/run/here"} {
		t.Run(place, func(t *testing.T) {
			tell := `mkdir -p /run/tmpdir /run/here; export TMPDIR=/run/tmpdir; cd /run/here; mount -t tmpfs none ` + place + `; cd ` +
				map[bool]string{true: place, false: "/run/here"}[place == "/run/here"]
			var told string
			inPlaces(t, shell{argv: []string{"sh", "-c", `sh; find "$0" -type f >&2`, place}}, func(p *started) {
				wire, err := bringUp(t, p, settings(t))
				checkServes(t, wire, err)
				p.wait()
				told = p.said.String()
			}, noexec, tell)
			if !strings.Contains(told, place) || !strings.Contains(told, self(t).Hash) {
				t.Errorf("in %s are %q", place, told)
			}
		})
	}
}

// A worker that is too large for a place goes to the next; all of the words are told if there
// is none.
func TestPlaceThatIsFull(t *testing.T) {
	small := `mount -t tmpfs -o size=1m none /mnt/cache`
	for name, more := range map[string][]string{"head": {"head"}, "head and gzip": {"head", "gzip"}} {
		path := tools(t, append(more, posix...)...)
		t.Run(name, func(t *testing.T) {
			inPlaces(t, shell{argv: []string{"sh"}, path: path}, func(p *started) {
				wire, err := bringUp(t, p, settings(t))
				checkServes(t, wire, err)
			}, small)
			inPlaces(t, shell{argv: []string{"sh"}, path: path}, func(p *started) {
				_, err := bringUp(t, p, settings(t))
				checkFailed(t, err, stagezero.StageUpload, "/mnt/cache/farside/workers: of ", "No space left on device", "do not run there")
			}, noexec, small)
		})
	}
	t.Run("only dd", func(t *testing.T) {
		inPlaces(t, shell{argv: []string{"sh"}, path: tools(t, posix...)}, func(p *started) {
			_, err := bringUp(t, p, settings(t))
			checkFailed(t, err, stagezero.StageUpload, "not all came or could be written; dd: ", "No space left on device")
		}, small)
	})
}

// Whoever could write to the folder could have this user run anything.
func TestFolderOfAnotherIsNotUsed(t *testing.T) {
	for name, c := range map[string]struct{ setup, why string }{
		"open to all":       {`mkdir -p $w; chmod 707 $w`, "may write: drwx---rwx of user 0"},
		"open to the group": {`mkdir -p $w; chmod 770 $w`, "may write: drwxrwx--- of user 0"},
		"another's":         {`mkdir -p $w; chown 12345 $w`, "may write: drwxr-xr-x of user 12345"},
		"a link":            {`mkdir -p /mnt/cache/farside /mnt/x; chmod 700 /mnt/x; ln -s /mnt/x $w`, "may write: lrwxrwxrwx"},
		"a file":            {`mkdir -p /mnt/cache/farside; touch $w`, "File exists"},
	} {
		t.Run(name, func(t *testing.T) {
			setup := "umask 022\nw=/mnt/cache/farside/workers\n" + noexec + "\nmount -t tmpfs none /mnt/cache\n" + c.setup +
				"\ncp /mnt/self/* $w/" + self(t).Hash + " || :"
			inPlaces(t, shell{argv: []string{"sh"}}, func(p *started) {
				_, err := bringUp(t, p, settings(t))
				checkFailed(t, err, stagezero.StageUpload, "/mnt/cache/farside/workers: ", c.why)
			}, setup)
		})
	}
}

// The user of sudo may come with the home of another, in which nothing must be made.
func TestHomeOfAnotherIsLeftAlone(t *testing.T) {
	inPlaces(t, shell{argv: []string{"sh", "-c", `unset XDG_CACHE_HOME; sh; find /mnt/home /var/tmp -name 'farside*' >&2`}}, func(p *started) {
		wire, err := bringUp(t, p, settings(t))
		checkServes(t, wire, err)
		p.wait()
		if said := p.said.String(); said != "/var/tmp/farside-0\n" {
			t.Errorf("the worker's folder is in %q", said)
		}
	}, `mkdir /mnt/home; chown 12345 /mnt/home; export HOME=/mnt/home`)
}

func TestWithoutHome(t *testing.T) {
	inPlaces(t, shell{argv: []string{"sh", "-c", `unset XDG_CACHE_HOME HOME; sh; find / -name 'farside-0' -prune 2>/dev/null >&2; ls /var/tmp >&2`}}, func(p *started) {
		wire, err := bringUp(t, p, settings(t))
		checkServes(t, wire, err)
		p.wait()
		if said := p.said.String(); !strings.Contains(said, "farside-0\n") {
			t.Errorf("in /var/tmp are %q", said)
		}
	})
}

// A path may have in it whatever a path may have.
func TestPlaceWithAnOddName(t *testing.T) {
	for _, name := range []string{"a b", "a+b%20", "größe", "a'b\"c", "$x`y`", "a\nb", "-n", "*?[a]", `back\slash\n`, "tab\t", "semi;&|"} {
		t.Run(name, func(t *testing.T) {
			cache := filepath.Join(t.TempDir(), name)
			for range 2 {
				p := shell{argv: []string{"sh"}, cache: cache}.start(t)
				wire, err := bringUp(t, p, settings(t))
				checkServes(t, wire, err)
				if left := p.workers(t); len(left) != 1 {
					t.Fatalf("in the folder are %q", left)
				}
			}
		})
	}
}

func TestUmaskDoesNotMatter(t *testing.T) {
	for _, mask := range []string{"000", "077", "777"} {
		cache := t.TempDir()
		p := shell{argv: []string{"sh", "-c", "umask " + mask + "; exec sh"}, cache: cache}.start(t)
		wire, err := bringUp(t, p, settings(t))
		checkServes(t, wire, err)
		dir := filepath.Join(cache, "farside", "workers")
		for _, path := range []string{dir, filepath.Join(dir, self(t).Hash)} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o700 {
				t.Errorf("with umask %s: %v, %v", mask, info, err)
			}
		}
	}
}

func TestSystemOfAnotherKind(t *testing.T) {
	for uname, want := range map[string]string{
		"Linux aarch64": "linux/arm64", "Linux armv7l": "linux/arm", "Darwin arm64": "darwin/arm64", "Linux i686": "linux/386",
		"FreeBSD amd64": "freebsd/amd64", "Linux riscv64": "linux/riscv64", "Linux ppc64le": "linux/ppc64le",
		"Linux": "", "Plan9 mips": "", "Linux vax": "", "": "", "Linux 'x' $(y)": "",
	} {
		t.Run(uname, func(t *testing.T) {
			path := t.TempDir()
			fake(t, path, "uname", "cat <<'E'\n"+uname+"\nE")
			s, asked := settings(t), ""
			s.Worker = func(_ context.Context, goos, goarch string) (workerbin.Program, error) {
				asked = goos + "/" + goarch
				return self(t), nil
			}
			p := shell{argv: []string{"sh"}, path: path + ":" + os.Getenv("PATH")}.start(t)
			wire, err := bringUp(t, p, s)
			if want == "" {
				checkFailed(t, err, stagezero.StageWorker, "for which this side knows no worker")
				return
			}
			checkServes(t, wire, err)
			if asked != want {
				t.Errorf("the worker for %s was looked for, want %s", asked, want)
			}
		})
	}
}

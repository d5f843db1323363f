package peers_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
	"github.com/farside-go/farside/internal/workerbin"
)

// runArm64 has this machine run programs for arm64, if it does not, until the test ends.
func runArm64(t *testing.T, program string) {
	t.Helper()
	const (
		folder = "/proc/sys/fs/binfmt_misc"
		name   = "farside-test-arm64"
		magic  = `\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00`
		mask   = `\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff`
	)
	if exec.Command(program).Start() == nil {
		return
	}
	requireRoot(t)
	qemu := farsidetest.Peer(t, "qemu", "qemu-aarch64-static")
	if _, err := os.Stat(folder + "/register"); err != nil {
		if out, err := exec.Command("mount", "-t", "binfmt_misc", "none", folder).CombinedOutput(); err != nil {
			missing(t, "qemu", fmt.Sprintf("no programs of other machines: %v: %s", err, out))
		}
		t.Cleanup(func() { exec.Command("umount", folder).Run() })
	}
	if err := os.WriteFile(folder+"/register", []byte(":"+name+":M::"+magic+":"+mask+":"+qemu+":F"), 0); err != nil {
		missing(t, "qemu", err.Error())
	}
	t.Cleanup(func() { os.WriteFile(filepath.Join(folder, name), []byte("-1"), 0) })
}

// B3, with a machine that is not of this one's kind.
func TestArm64FarSideGetsItsOwnWorker(t *testing.T) {
	path, err := workerbin.Find(t.Context(), workerbin.Want{Lean: true, OS: "linux", Arch: "arm64"})
	if err != nil {
		t.Fatal(err)
	}
	program, err := workerbin.Identify(path)
	if err != nil {
		t.Fatal(err)
	}
	runArm64(t, path)
	tools, cache := t.TempDir(), t.TempDir()
	script(t, tools, "uname", "echo Linux aarch64")
	spec := "cmd=env PATH=" + tools + ":" + os.Getenv("PATH") + " XDG_CACHE_HOME=" + cache + " sh//lean"
	for _, cold := range []bool{true, false} {
		var sent int64
		gw, err := openAt(t, t.Context(), spec, &gateway.Options{Progress: func(p gateway.Progress) { sent = p.Done }})
		if err != nil {
			t.Fatal(err)
		}
		if info := gw.Info(); info.Arch != "arm64" || sent > 0 != cold || cold && sent != program.Size {
			t.Errorf("cold: %v: it is %+v, and %d bytes were sent", cold, info, sent)
		}
		if err := gw.Close(); err != nil {
			t.Error(err)
		}
		if left := files(cache); !slices.Equal(left, []string{"farside/workers/" + program.Hash}) {
			t.Errorf("in the folder are %q", left)
		}
	}
}

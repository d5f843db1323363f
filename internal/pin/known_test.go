package pin_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/internal/filelock"
	"github.com/farside-go/farside/internal/pin"
)

func TestUnknownServerIsRefused(t *testing.T) {
	key := newKey(t)
	path := filepath.Join(t.TempDir(), "a", "known")
	m := meet(t, pin.Server(key, nil), pin.Client(pin.OpenKnown(path).Check("Host:4000", false), nil))
	var unknown *pin.UnknownError
	if !errors.As(m.handshake, &unknown) {
		t.Fatalf("handshake: %v, want an UnknownError", m.handshake)
	}
	if unknown.Address != "host:4000" || unknown.Fingerprint != key.Fingerprint() {
		t.Errorf("unknown %+v", unknown)
	}
	wantError(t, unknown, "host:4000", "key="+key.Fingerprint(), "trust=first-use")
	if _, err := os.Stat(filepath.Dir(path)); err == nil {
		t.Error("something was recorded of a server that is not trusted")
	}
}

func TestChangedKeyIsRefusedAfterFirstUse(t *testing.T) {
	key, other := newKey(t), newKey(t)
	path := filepath.Join(t.TempDir(), "a", "known")
	known := pin.OpenKnown(path)
	first := pin.Client(known.Check("host:4000", true), nil)
	meet(t, pin.Server(key, nil), first).good(t)
	meet(t, pin.Server(key, nil), first).good(t)
	meet(t, pin.Server(key, nil), pin.Client(known.Check("HOST:4000", false), nil)).good(t)
	line := "host:4000 " + key.Fingerprint() + "\n"
	if got := read(t, path); got != line {
		t.Fatalf("the file is %q, want %q", got, line)
	}
	for _, trustNew := range []bool{false, true} {
		m := meet(t, pin.Server(other, nil), pin.Client(known.Check("host:4000", trustNew), nil))
		var mismatch *pin.MismatchError
		if !errors.As(m.handshake, &mismatch) {
			t.Fatalf("handshake: %v, want a MismatchError", m.handshake)
		}
		want := pin.MismatchError{Want: key.Fingerprint(), Got: other.Fingerprint(), Address: "host:4000", File: path, Line: 1}
		if *mismatch != want {
			t.Errorf("mismatch %+v, want %+v", *mismatch, want)
		}
		wantError(t, mismatch, key.Fingerprint(), other.Fingerprint(), path+":1", "somebody is in between", "change that line")
	}
	if got := read(t, path); got != line {
		t.Errorf("the file became %q", got)
	}
}

func TestFileOfKnownServersIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes say nothing there")
	}
	path := filepath.Join(t.TempDir(), "a", "known")
	must(t, pin.OpenKnown(path).Check("host:1", true)(newKey(t).Fingerprint()))
	wantMode(t, path, 0o600)
	wantMode(t, filepath.Dir(path), 0o700)
}

func TestRecordKeepsWhatIsThere(t *testing.T) {
	key := newKey(t).Fingerprint()
	content := "# mine\n\nother:1 " + key + " # since May\r\n  [::1]:2\t" + key // without the last newline
	path := write(t, content)
	known := pin.OpenKnown(path)
	must(t, known.Check("new:3", true)(key))
	if got, want := read(t, path), content+"\nnew:3 "+key+"\n"; got != want {
		t.Fatalf("the file is %q, want %q", got, want)
	}
	for _, address := range []string{"other:1", "[0:0::1]:2", "NEW:03"} {
		must(t, known.Check(address, false)(key))
	}
	var mismatch *pin.MismatchError
	if err := known.Check("[::1]:2", false)(newKey(t).Fingerprint()); !errors.As(err, &mismatch) || mismatch.Line != 4 {
		t.Errorf("%v, want a mismatch in line 4", err)
	}
}

// Two first uses must not both add the server, and if they saw different keys, one
// of them has to be refused.
func TestFirstUsesAtOnceLeaveOneLine(t *testing.T) {
	keys := []string{newKey(t).Fingerprint(), newKey(t).Fingerprint()}
	others := strings.Repeat("other:1 "+keys[0]+"\n", 500)
	for range 20 {
		path := write(t, others) // so that it takes a while to look
		errs := make([]error, 16)
		together(len(errs), func(i int) { errs[i] = pin.OpenKnown(path).Check("host:1", true)(keys[i%2]) })
		lines := strings.Split(strings.TrimSpace(strings.TrimPrefix(read(t, path), others)), "\n")
		if len(lines) != 1 {
			t.Fatalf("%d lines for one server: %q", len(lines), lines)
		}
		for i, err := range errs {
			if recorded := strings.Contains(lines[0], keys[i%2]); recorded != (err == nil) {
				t.Errorf("recorded: %v, error: %v", recorded, err)
			}
		}
	}
}

func TestHalfWrittenLineIsNotRead(t *testing.T) {
	key := newKey(t).Fingerprint()
	line := "host:1 " + key + "\n"
	path := write(t, line)
	done := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		defer close(done)
		for range 200 {
			file, err := os.OpenFile(path, os.O_RDWR, 0)
			if err == nil {
				err = errors.Join(filelock.Lock(file, true), file.Truncate(20))
			}
			if err == nil {
				_, err = file.WriteString(line)
			}
			if err := errors.Join(err, file.Close()); err != nil {
				t.Error(err)
			}
		}
	})
	for open := true; open; {
		select {
		case <-done:
			open = false
		default:
		}
		if err := pin.OpenKnown(path).Check("host:1", false)(key); err != nil {
			t.Error(err)
			break
		}
	}
	group.Wait()
}

func TestFirstUsesOfSeveralServersLoseNoLine(t *testing.T) {
	key := newKey(t).Fingerprint()
	path := filepath.Join(t.TempDir(), "known")
	address := func(i int) string { return fmt.Sprintf("host:%d", i+1) }
	together(32, func(i int) {
		if err := pin.OpenKnown(path).Check(address(i), true)(key); err != nil {
			t.Error(err)
		}
	})
	for i := range 32 {
		must(t, pin.OpenKnown(path).Check(address(i), false)(key))
	}
}

// together runs n calls that begin at the same time.
func together(n int, call func(i int)) {
	var group sync.WaitGroup
	begin := make(chan struct{})
	for i := range n {
		group.Go(func() {
			<-begin
			call(i)
		})
	}
	close(begin)
	group.Wait()
}

func TestFirstUsesOfSeveralProcessesLeaveOneLine(t *testing.T) {
	key := newKey(t).Fingerprint()
	path := filepath.Join(t.TempDir(), "a", "known")
	for _, said := range atOnce(t, 4, key, path) {
		if said != "<nil>" {
			t.Error(said)
		}
	}
	if got, want := read(t, path), "host:1 "+key+"\n"; got != want {
		t.Errorf("the file is %q, want %q", got, want)
	}
}

func TestMalformedLineIsNotPassedOver(t *testing.T) {
	key, other := newKey(t).Fingerprint(), newKey(t).Fingerprint()
	good := "good:1 " + key
	for name, c := range map[string]struct{ line, says string }{
		"one word":        {"host:1", "1 words"},
		"three words":     {"host:1 " + key + " me", "3 words"},
		"no port":         {"host " + key, "missing port"},
		"port by name":    {"host:https " + key, "the port is a number"},
		"port 0":          {"host:0 " + key, "the port is a number"},
		"no host":         {":1 " + key, "a host has letters"},
		"strange host":    {"h\u00f6st:1 " + key, "a host has letters"},
		"byte order mark": {"\ufeffhost:1 " + key, "a host has letters"},
		"no fingerprint":  {"host:1 hello", "43 letters, digits"},
		"cut":             {"host:1 " + key[:40], "43 letters, digits"},
		"other hash":      {"host:1 " + strings.Replace(key, "SHA256", "SHA512", 1), "43 letters, digits"},
		"contradiction":   {"GOOD:1 " + other, "another key in line 2"},
	} {
		t.Run(name, func(t *testing.T) {
			content := "# known\n" + good + "\n" + c.line + "\n"
			path := write(t, content)
			for _, trustNew := range []bool{false, true} {
				for _, address := range []string{"good:1", "new:1"} {
					err := pin.OpenKnown(path).Check(address, trustNew)(key)
					wantError(t, err, path+":3", c.says, "correct the line or remove it")
				}
			}
			if read(t, path) != content {
				t.Error("the file was changed")
			}
		})
	}
}

func TestBadAddressIsNotLookedFor(t *testing.T) {
	path := filepath.Join(t.TempDir(), "known")
	for _, address := range []string{"", "host", ":1", "a b:1", "a\nb:1", "#a:1", "host:-1", "host:65536"} {
		err := pin.OpenKnown(path).Check(address, true)(newKey(t).Fingerprint())
		wantError(t, err, "host:port")
	}
	if _, err := os.Stat(path); err == nil {
		t.Errorf("recorded: %q", read(t, path))
	}
}

func TestFileOfKnownServersThatCannotBeUsedIsTold(t *testing.T) {
	key := newKey(t).Fingerprint()
	for _, path := range []string{t.TempDir(), filepath.Join(write(t, ""), "below a file")} {
		for _, trustNew := range []bool{false, true} {
			err := pin.OpenKnown(path).Check("host:1", trustNew)(key)
			wantError(t, err, path)
			if unknown := (*pin.UnknownError)(nil); errors.As(err, &unknown) {
				t.Errorf("the server is called unknown: %v", err)
			}
		}
	}
}

func TestDefaultKnownIsTheUsersOwn(t *testing.T) {
	config, err := os.UserConfigDir()
	if err != nil {
		t.Skip("this user has no folder for settings:", err)
	}
	path, err := pin.DefaultKnown()
	must(t, err)
	if want := filepath.Join(config, "farside", "known_servers"); path != want {
		t.Errorf("the path is %s, want %s", path, want)
	}
}

func FuzzKnownServers(f *testing.F) {
	key := newKey(f).Fingerprint()
	for _, seed := range []string{"", "#", "host:1 " + key, "[fe80::1%Eth0]:1 " + key + "#x\nhost:2 " + key + "\r\n\r\n", "a:1 x", "\x00:1 " + key, "[:1 " + key} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		lines, err := pin.ParseKnown(content)
		if err != nil {
			return
		}
		again, err := pin.ParseKnown([]byte(strings.Join(lines, "\n")))
		if err != nil {
			t.Fatalf("%q was written for %q: %v", lines, content, err)
		}
		slices.Sort(lines)
		slices.Sort(again)
		if !slices.Equal(lines, again) {
			t.Fatalf("%q was written and %q read", lines, again)
		}
	})
}

func FuzzNormalize(f *testing.F) {
	for _, seed := range []string{"host:1", "[::1]:1", "[::1%25a]:02", "HOST.:1", "[a:1", "a#:1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		once, err := pin.Normalize(address)
		if err != nil {
			return
		}
		if twice, err := pin.Normalize(once); err != nil || twice != once {
			t.Errorf("%q became %q and then %q (%v)", address, once, twice, err)
		}
	})
}

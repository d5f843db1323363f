package sshconfig_test

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/farside-go/farside/internal/sshconfig"
)

func TestWhatHasNoEffectIsNoted(t *testing.T) {
	dir := folder(t, "c", "PKCS11Provider /lib/p.so\nControlMaster auto\nForwardAgent yes\nCanonicalizeHostname no\n"+
		"Host a\nMatch host a exec true\nUser no\nMatch host b exec true\nUser no\nHost *\nNewThing 1\nPKCS11Provider later\n")
	h := read(t, filepath.Join(dir, "c"), "a")
	var got []string
	for _, note := range h.Notes {
		line := strings.TrimPrefix(note.Where, dir) + " " + note.Keyword + " " + note.Value
		if note.Minor {
			line += " (minor)"
		}
		got = append(got, line)
	}
	want := []string{"/c:1 pkcs11provider /lib/p.so", "/c:2 controlmaster auto (minor)", "/c:6 match exec true", "/c:11 newthing 1"}
	if !slices.Equal(got, want) {
		t.Errorf("notes:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if strings.Contains(h.User, "no") {
		t.Error("a Match whose command did not run holds")
	}
}

func TestNotesComeOnceThoughFilesAreReadTwice(t *testing.T) {
	dir := folder(t, "c", "Match exec x\nUser no\nMatch final\nPort 7\nMatch all\nBindAddress ::1\n")
	if h := read(t, filepath.Join(dir, "c"), "a"); len(h.Notes) != 2 {
		t.Errorf("notes: %v", h.Notes)
	}
}

func TestIgnoreUnknownIsHeeded(t *testing.T) {
	dir := folder(t, "c", "IgnoreUnknown New*,Other\nNewThing 1\nOther 2\n")
	if h := read(t, filepath.Join(dir, "c"), "a"); len(h.Notes) != 0 {
		t.Errorf("notes: %v", h.Notes)
	}
}

func TestMistakesAreToldWithTheirLine(t *testing.T) {
	for _, c := range []struct{ hazard, text, want string }{
		{"no value", "\nUser\n", "/c:2: User has no value"},
		{"no value for a command", "ProxyCommand \n", "/c:1: ProxyCommand has no value"},
		{"open quotation", "User \"me\n", "/c:1: User: a quotation mark"},
		{"port", "User me\nPort x\n", `/c:2: port: "x" is not a number`},
		{"port 0", "Port 0\n", "/c:1: port"},
		{"time", "ConnectTimeout soon\n", "/c:1: connecttimeout: a time is"},
		{"time that overflows", "ConnectTimeout 9999999w9999999w\n", "/c:1: connecttimeout: a time is"},
		{"yes or no", "IdentitiesOnly maybe\n", `/c:1: identitiesonly: "maybe" is neither`},
		{"unknown choice", "StrictHostKeyChecking perhaps\n", `/c:1: stricthostkeychecking: "perhaps" is none of ask`},
		{"unknown criterion", "Match colour red\n", `/c:1: Match has no criterion "colour"`},
		{"criterion without value", "Match host\n", "/c:1: Match host has no value"},
		{"all with others", "Match host a all\n", "/c:1: Match all can be combined"},
		{"unknown token", "IdentityFile /k/%Z\n", "/c:1: identityfile: %Z is not known"},
		{"token at the end", "ProxyCommand a %\n", "/c:1: proxycommand: it ends with a %"},
		{"HostName's tokens are few", "HostName %n\n", "/c:1: hostname: %n is not known"},
		{"folder of others", "IdentityFile ~bob/k\n", "/c:1: identityfile: ~bob/k"},
		{"variable", "IdentityFile ${NO_SUCH}/k\n", "/c:1: identityfile: ${NO_SUCH} is not set"},
		{"variable without an end", "IdentityFile ${NO_SUCH\n", "/c:1: identityfile: ${ without a }"},
		{"revoked keys", "RevokedHostKeys /r\n", "/c:1: revokedhostkeys: /r cannot be read here"},
		{"empty hop", "ProxyJump a,,b\n", "/c:1: proxyjump: it names an empty host"},
		{"bad glob", "Include DIR/[\n", "/c:1: Include "},
		{"loop of includes", "Include DIR/c\n", "files are included 16 deep"},
		{"includes that double", "Include DIR/c?\n", "files are included"},
	} {
		t.Run(c.hazard, func(t *testing.T) {
			dir := folder(t, "c", c.text, "c1", "Include DIR/c?\n", "c2", "Include DIR/c1 DIR/c1\n")
			_, err := sshconfig.Read(query(t, filepath.Join(dir, "c"), "a"))
			if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), dir, ""), c.want) {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}

func TestIncludesThatDoubleAreBounded(t *testing.T) {
	var files []string
	for name := 'a'; name < 'o'; name++ {
		next := string(name + 1)
		files = append(files, string(name), "Include DIR/"+next+" DIR/"+next+"\n")
	}
	dir := folder(t, append(files, "o", "User x\n")...)
	_, err := sshconfig.Read(query(t, filepath.Join(dir, "a"), "a"))
	if err == nil || !strings.Contains(err.Error(), "more than 512 files") {
		t.Errorf("error %v", err)
	}
}

func TestMissingConfigurationIsToldIfNamed(t *testing.T) {
	q := query(t, filepath.Join(t.TempDir(), "none.conf"), "a")
	if _, err := sshconfig.Read(q); err == nil || !strings.Contains(err.Error(), "none.conf") {
		t.Errorf("error %v", err)
	}
}

// home gives a query for the user's own files.
func home(t *testing.T, files ...string) *sshconfig.Query {
	q := query(t, "", "a")
	q.Home = folder(t, files...)
	return q
}

func TestOwnFileAndItsRelativeIncludes(t *testing.T) {
	q := home(t, ".ssh/config", "Include conf.d/*\nIdentityFile ~/k\nCertificateFile %d/%u-%r-%h-%n-%p-%%\n", ".ssh/conf.d/x", "Port 7\nUser me\nHostName h\n")
	q.LocalUser = "here"
	h, err := sshconfig.Read(q)
	if err != nil {
		t.Fatal(err)
	}
	if h.Port != 7 || h.IdentityFiles[0] != q.Home+"/k" || h.CertificateFiles[0] != q.Home+"/here-me-h-a-7-%" {
		t.Errorf("port %d, identities %q, certificates %q", h.Port, h.IdentityFiles, h.CertificateFiles)
	}
}

func TestWhatOthersCanWriteIsNotRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions are of another kind there")
	}
	for _, name := range []string{"config", "more"} {
		q := home(t, ".ssh/config", "Include more\n", ".ssh/more", "ProxyCommand evil\n")
		if err := os.Chmod(filepath.Join(q.Home, ".ssh", name), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := sshconfig.Read(q); err == nil || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

func TestDestinationGoesBeforeConfiguration(t *testing.T) {
	q := home(t, ".ssh/config", "User other\nPort 7\nMatch user me\nIdentityFile /k\n")
	q.User, q.Port = "me", 9
	h, err := sshconfig.Read(q)
	if err != nil {
		t.Fatal(err)
	}
	if h.User != "me" || h.Port != 9 || h.DefaultIdentity {
		t.Errorf("user %s, port %d, identities %v", h.User, h.Port, h.IdentityFiles)
	}
}

func TestAgentIsTheOneThatIsNamed(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"", "/usual"}, {"IdentityAgent none", ""}, {"IdentityAgent SSH_AUTH_SOCK", "/usual"},
		{"IdentityAgent $MINE", "/mine"}, {"IdentityAgent ${MINE}/x", "/mine/x"}, {"IdentityAgent /a/%r", "/a/me"},
	} {
		q := home(t, ".ssh/config", "User me\n"+c.line+"\n")
		q.Getenv = func(name string) string {
			return map[string]string{"SSH_AUTH_SOCK": "/usual", "MINE": "/mine"}[name]
		}
		if h, err := sshconfig.Read(q); err != nil || h.IdentityAgent != c.want {
			t.Errorf("%q: agent %q, error %v", c.line, h.IdentityAgent, err)
		}
	}
}

func TestMethodsAreThoseAllowedInTheOrderWanted(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "publickey,keyboard-interactive,password"},
		{"PasswordAuthentication no\nChallengeResponseAuthentication no\n", "publickey"},
		{"PreferredAuthentications gssapi-with-mic,password,publickey\n", "password,publickey"},
		{"PubkeyAuthentication unbound\nPasswordAuthentication no\n", "publickey,keyboard-interactive"},
		{"PubkeyAuthentication no\n", "keyboard-interactive,password"},
	} {
		h, err := sshconfig.Read(home(t, ".ssh/config", c.text))
		if err != nil || strings.Join(h.Methods, ",") != c.want {
			t.Errorf("%q: %v, %v", c.text, h.Methods, err)
		}
	}
}

func TestSilenceIsNoticedUnlessSwitchedOff(t *testing.T) {
	h, err := sshconfig.Read(home(t))
	if err != nil {
		t.Fatal(err)
	}
	if bound := h.AliveInterval * time.Duration(h.AliveCountMax+1); bound <= 0 || bound > 30*time.Second {
		t.Errorf("silence is noticed after %v", bound)
	}
}

func FuzzRead(f *testing.F) {
	for _, c := range meaning {
		f.Add(c.files[1], c.alias)
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text, alias string) {
		if strings.Contains(strings.ToLower(text), "include") {
			return // it would read what is on this machine
		}
		path := filepath.Join(dir, "c")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		h, err := sshconfig.Read(query(t, path, alias))
		if err == nil && (h.Port < 1 || h.Port > 65535 || h.ConnectTimeout < 0 || h.AliveInterval < 0 || h.AliveCountMax < 0) {
			t.Errorf("%+v", h)
		}
	})
}

package sshconfig_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/sshconfig"
)

// meaning is a table of configurations, read here and by ssh -G.
var meaning = []struct {
	hazard string
	files  []string // the first one is read
	alias  string
	want   string // lines of keyword and value, of what matters
}{
	{"first value wins", []string{"c", "Host a\n User one\nHost *\n User two\n Port 7\n Port 8\n"}, "a", "user one\nport 7"},
	{"lines before any Host hold for all", []string{"c", "User early\nHost a\nUser late\n"}, "a", "user early"},
	{"another host's lines", []string{"c", "Host b\nUser b\nHost a\nPort 9\n"}, "a", "port 9"},
	{"negation wins over what matches", []string{"c", "Host *.x !bad.x\nUser good\n"}, "bad.x", ""},
	{"negation alone matches nothing", []string{"c", "Host !other\nUser good\n"}, "a", ""},
	{"negation before what matches", []string{"c", "Host !bad.x *.x\nUser good\n"}, "ok.x", "user good"},
	{"patterns with ? and *", []string{"c", "Host web??.*.net\nUser w\n"}, "web12.eu.net", "user w"},
	{"pattern that needs going back", []string{"c", "Host *ab*abc\nUser w\n"}, "xxabzzababc", "user w"},
	{"capitals in Host", []string{"c", "Host Web\nUser w\n"}, "web", ""},
	{"capitals in Match host", []string{"c", "Match host WEB\nUser w\n"}, "web", "user w"},
	{"capitals in the alias", []string{"c", "Match host web\nUser w\nMatch originalhost web\nPort 5\n"}, "WEB", "user w\nport 5\nhostname web"},
	{"capitals in HostName", []string{"c", "HostName B.Net\n"}, "a", "hostname b.net"},
	{"keywords in any case", []string{"c", "hOsT a\nuSeR me\n"}, "a", "user me"},
	{"equals sign", []string{"c", "Host=a\nUser = me\nPort= 77\n"}, "a", "user me\nport 77"},
	{"quotation marks", []string{"c", "Host \"a\"\nIdentityFile \"/k/my key\"\nCertificateFile '/k/c'\n"}, "a", "identityfile /k/my key\ncertificatefile /k/c"},
	{"backslashes", []string{"c", `IdentityFile /k/my\ key` + "\n" + `CertificateFile "/k/a\"b"` + "\n"}, "a", "identityfile /k/my key\ncertificatefile /k/a\"b"},
	{"comments", []string{"c", "# User no\nUser me # Port 3\n\t # more\nPort 4 #x\n"}, "a", "user me\nport 4"},
	{"comment ends a list", []string{"c", "Host z # a\nPort 3\nHost *\nUserKnownHostsFile /k/a #/k/b\n"}, "a", "userknownhostsfile /k/a"},
	{"hash inside a word", []string{"c", "User a#b\n"}, "a", "user a#b"},
	{"last line without an end", []string{"c", "User me"}, "a", "user me"},
	{"carriage returns", []string{"c", "User me\r\nPort 44\r\n"}, "a", "user me\nport 44"},
	{"HostName with a token", []string{"c", "Host a\nHostName %h.example.net\n"}, "a", "hostname a.example.net"},
	{"Match host sees HostName", []string{"c", "Host a\nHostName b.net\nMatch host b.net\nUser me\nMatch originalhost b.net\nPort 3\n"}, "a", "user me\nhostname b.net"},
	{"Match originalhost", []string{"c", "Host a\nHostName b.net\nMatch originalhost a\nUser me\n"}, "a", "user me\nhostname b.net"},
	{"Match with a negation", []string{"c", "Match host * !host a\nUser me\n"}, "a", ""},
	{"Match with a list", []string{"c", "Match host b,a,!c\nUser me\n"}, "a", "user me"},
	{"Match all", []string{"c", "Host b\nUser b\nMatch all\nUser me\n"}, "a", "user me"},
	{"Match user sees User so far", []string{"c", "User early\nMatch user early\nPort 3\nMatch user other\nPort 4\n"}, "a", "user early\nport 3"},
	{"Match of two", []string{"c", "User u\nMatch host a user v\nPort 3\nMatch host a user u\nPort 4\n"}, "a", "user u\nport 4"},
	{"Match with =", []string{"c", "Match host=a\nPort 4\n"}, "a", "port 4"},
	{"Match final comes last", []string{"c", "Match final host b.net\nUser last\nPort 5\nHost a\nHostName b.net\nPort 4\n"}, "a", "user last\nport 4\nhostname b.net"},
	{"Match final lets Host see HostName", []string{"c", "Host a\nHostName b.net\nMatch final all\nPort 6\nHost b.net\nUser me\n"}, "a", "user me\nport 6\nhostname b.net"},
	{"Match canonical alone reads once", []string{"c", "Match canonical all\nPort 6\n"}, "a", ""},
	{"Match final twice keeps files once", []string{"c", "IdentityFile /k/a\nMatch final\nIdentityFile /k/b\n"}, "a", "identityfile /k/a /k/b"},
	{"Include by glob", []string{"c", "Include DIR/d/*.conf\nUser late\n", "d/1.conf", "Host a\nUser one\n", "d/2.conf", "Port 5\n", "d/3.txt", "Port 6\n"}, "a", "user one\nport 5"},
	{"Include ends its own Host", []string{"c", "Host a\nInclude DIR/i\nUser me\n", "i", "Host b\nPort 9\n"}, "a", "user me"},
	{"Include in a Host that does not match", []string{"c", "Host b\nInclude DIR/i\n", "i", "User i\nHost a\nUser a\nMatch all\nPort 9\n"}, "a", ""},
	{"Include of nothing", []string{"c", "Include DIR/none DIR/n*\nUser me\n"}, "a", "user me"},
	{"Include of several", []string{"c", "Include DIR/x DIR/y\n", "x", "User x\n", "y", "User y\nPort 5\n"}, "a", "user x\nport 5"},
	{"Include of an Include", []string{"c", "Include DIR/x\n", "x", "Host a\nInclude DIR/y\nUser x\n", "y", "Port 5\n"}, "a", "user x\nport 5"},
	{"files add up", []string{"c", "IdentityFile /k/a\nHost a\nIdentityFile /k/b\nIdentityFile /k/a\nCertificateFile /c/a\nCertificateFile /c/b\n"}, "a", "identityfile /k/a /k/b\ncertificatefile /c/a /c/b"},
	{"known hosts of several files", []string{"c", "UserKnownHostsFile /k/a /k/b\nUserKnownHostsFile /k/c\nGlobalKnownHostsFile /g\n"}, "a", "userknownhostsfile /k/a /k/b\nglobalknownhostsfile /g"},
	{"ProxyJump before ProxyCommand", []string{"c", "ProxyJump j1,me@j2:22\nProxyCommand nc %h %p\n"}, "a", "proxyjump j1,me@j2:22"},
	{"ProxyCommand before ProxyJump", []string{"c", "ProxyCommand nc -x '1 2' x # y\nProxyJump j\n"}, "a", "proxycommand nc -x '1 2' x # y"},
	{"ProxyJump none hides a later one", []string{"c", "Host a\nProxyJump none\nHost *\nProxyJump j\n"}, "a", ""},
	{"ProxyCommand none hides a later one", []string{"c", "Host a\nProxyCommand none\nHost *\nProxyCommand j\n"}, "a", ""},
	{"times", []string{"c", "ConnectTimeout 1m30\nServerAliveInterval 2m\nServerAliveCountMax 9\n"}, "a", "connecttimeout 90\nserveraliveinterval 120\nserveralivecountmax 9"},
	{"ServerAliveInterval 0", []string{"c", "ServerAliveInterval 0\n"}, "a", "serveraliveinterval 0"},
	{"checking off", []string{"c", "StrictHostKeyChecking off\n"}, "a", "stricthostkeychecking no"},
	{"checking accept-new", []string{"c", "StrictHostKeyChecking accept-new\nHostKeyAlias al\n"}, "a", "stricthostkeychecking accept-new\nhostkeyalias al"},
	{"yes and true", []string{"c", "IdentitiesOnly true\nBatchMode yes\nHashKnownHosts yes\nAddressFamily inet6\n"}, "a", "identitiesonly yes\nbatchmode yes\nhashknownhosts yes\naddressfamily inet6"},
}

func TestConfigurationMeansWhatItSays(t *testing.T) {
	for _, c := range meaning {
		t.Run(c.hazard, func(t *testing.T) {
			plain := dump(read(t, "none", c.alias))
			dir := folder(t, c.files...)
			got := dump(read(t, filepath.Join(dir, c.files[0]), c.alias))
			for line := range strings.Lines(c.want) {
				keyword, value, _ := strings.Cut(strings.TrimSpace(line), " ")
				plain[keyword] = value
			}
			compare(t, got, plain)
		})
	}
}

func read(t *testing.T, path, alias string) *sshconfig.Host {
	t.Helper()
	h, err := sshconfig.Read(query(t, path, alias))
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func compare(t *testing.T, got, want map[string]string) {
	t.Helper()
	for keyword, value := range want {
		if got[keyword] != value {
			t.Errorf("%s is %q, want %q", keyword, got[keyword], value)
		}
	}
}

func TestConfigurationMeansWhatItDoesToSSH(t *testing.T) {
	ssh, err := exec.LookPath("ssh")
	if err != nil {
		if strings.Contains(os.Getenv("FARSIDE_REQUIRE"), "sshd") {
			t.Fatal("no ssh to compare with")
		}
		t.Skip("SKIPPED: no ssh to compare with; install openssh-client")
	}
	for _, c := range meaning {
		t.Run(c.hazard, func(t *testing.T) {
			path := filepath.Join(folder(t, c.files...), c.files[0])
			out, err := exec.CommandContext(t.Context(), ssh, "-G", "-F", path, c.alias).Output()
			if err != nil {
				t.Fatalf("ssh -G: %v", err)
			}
			got := dump(read(t, path, c.alias))
			compare(t, got, overrides(parseDump(string(out)), got))
		})
	}
}

// parseDump reads what ssh -G prints.
func parseDump(text string) map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(text) {
		keyword, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		if earlier, ok := out[keyword]; ok {
			value = earlier + " " + value
		}
		out[keyword] = value
	}
	return out
}

// overrides leaves out what is not ours, and brings ssh's way to write defaults to
// ours.
func overrides(theirs, ours map[string]string) map[string]string {
	out := map[string]string{}
	for keyword := range ours {
		out[keyword] = theirs[keyword]
	}
	if strings.HasPrefix(out["identityfile"], "~/.ssh/id_rsa ~/.ssh/id_ecdsa") {
		out["identityfile"] = ""
	}
	if out["connecttimeout"] == "none" {
		out["connecttimeout"] = "0"
	}
	unset := out["serveraliveinterval"] == "0" || out["batchmode"] == "yes" // where Debian has 300
	if unset && ours["serveraliveinterval"] == "7" {
		out["serveraliveinterval"] = "7" // nothing is said, and the defaults differ on purpose
	}
	switch out["stricthostkeychecking"] {
	case "true":
		out["stricthostkeychecking"] = "yes"
	case "false":
		out["stricthostkeychecking"] = "no"
	}
	return out
}

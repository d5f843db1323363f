package sshconfig_test

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/sshconfig"
)

// folder writes files whose names and contents alternate, with DIR in the contents
// standing for the folder, and gives its path.
func folder(t testing.TB, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	for i := 0; i < len(files); i += 2 {
		path := filepath.Join(dir, files[i])
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(files[i+1], "DIR", dir)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func noEnv(string) string { return "" }

// query asks for a destination as user@alias:port would in one file.
func query(t testing.TB, path, alias string) *sshconfig.Query {
	t.Helper()
	self, err := user.Current()
	if err != nil {
		t.Fatal(err)
	}
	return &sshconfig.Query{Alias: alias, Path: path, Home: self.HomeDir, LocalUser: self.Username, Getenv: noEnv}
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// dump gives a host in the words of ssh -G.
func dump(h *sshconfig.Host) map[string]string {
	out := map[string]string{
		"hostname":              h.HostName,
		"user":                  h.User,
		"port":                  fmt.Sprint(h.Port),
		"identitiesonly":        yesNo(h.IdentitiesOnly),
		"batchmode":             yesNo(h.BatchMode),
		"hashknownhosts":        yesNo(h.HashKnownHosts),
		"addressfamily":         h.AddressFamily,
		"serveraliveinterval":   fmt.Sprint(h.AliveInterval.Seconds()),
		"serveralivecountmax":   fmt.Sprint(h.AliveCountMax),
		"connecttimeout":        fmt.Sprint(h.ConnectTimeout.Seconds()),
		"stricthostkeychecking": h.HostKeyChecking,
		"userknownhostsfile":    strings.Join(h.UserKnownHosts, " "),
		"globalknownhostsfile":  strings.Join(h.GlobalKnownHosts, " "),
		"hostkeyalias":          h.HostKeyAlias,
		"proxyjump":             strings.Join(h.ProxyJump, ","),
		"proxycommand":          h.ProxyCommand,
		"certificatefile":       strings.Join(h.CertificateFiles, " "),
		"identityfile":          strings.Join(h.IdentityFiles, " "),
	}
	if h.DefaultIdentity {
		out["identityfile"] = ""
	}
	return out
}

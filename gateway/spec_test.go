package gateway_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
)

// key is the fingerprint of nobody's key.
const key = "SHA256:Rk1zJ5-_yR0gkVTl7YEBt6xKZBvMVyLrKpfYcFkXPq4"

func TestSpecIsRead(t *testing.T) {
	for text, want := range map[string]gateway.Spec{
		"popen":                            {Kind: "popen"},
		"popen//id=gw0//chdir=a/b":         {Kind: "popen", ID: "gw0", Chdir: "a/b"},
		"popen//nice=-5//worker=/x y":      {Kind: "popen", Nice: -5, Worker: "/x y"},
		"popen//env:A=1//env:B=x=y":        {Kind: "popen", Env: []string{"A=1", "B=x=y"}},
		"popen//memory=2GiB":               {Kind: "popen", Memory: 2 << 30},
		"popen//memory=33554432//id=a":     {Kind: "popen", Memory: 32 << 20, ID: "a"},
		"popen//memory=40000KiB":           {Kind: "popen", Memory: 40000 << 10},
		"popen//env:A=":                    {Kind: "popen", Env: []string{"A="}},
		"popen//chdir=/tmp///id=slash":     {Kind: "popen", Chdir: "/tmp/", ID: "slash"},
		"popen//chdir=/":                   {Kind: "popen", Chdir: "/"},
		"popen//id=größe//env:Ü=\xff":      {Kind: "popen", ID: "größe", Env: []string{"Ü=\xff"}},
		"popen//worker=/bin/env:x//nice=0": {Kind: "popen", Worker: "/bin/env:x"},
		"ssh=me@h:22//via=a//ephemeral":    {Kind: "ssh", Address: "me@h:22", Via: "a", Ephemeral: true},
		"ssh=h//ssh_config=c//sudo":        {Kind: "ssh", Address: "h", SSHConfig: "c", Sudo: true},
		"ssh=h//sudo=me//trust=first-use":  {Kind: "ssh", Address: "h", Sudo: true, SudoUser: "me", TrustNew: true},
		"popen//via=a":                     {Kind: "popen", Via: "a"},
		"socket=h:1//token=t":              {Kind: "socket", Address: "h:1", Token: "t"},
		"socket=[::1]:1//token-file=/t":    {Kind: "socket", Address: "[::1]:1", TokenFile: "/t"},
		"socket=unix:/run/s//via=a":        {Kind: "socket", Address: "unix:/run/s", Via: "a"},
		"socket//installvia=a//via=b":      {Kind: "socket", InstallVia: "a", Via: "b"},
		"socket=:0//installvia=a":          {Kind: "socket", Address: ":0", InstallVia: "a"},
		"cmd=ssh -T 'my host' sh//id=a":    {Kind: "cmd", Address: "ssh -T 'my host' sh", ID: "a"},
		"cmd=sh//ephemeral//nice=1":        {Kind: "cmd", Address: "sh", Ephemeral: true, Nice: 1},
		"popen//lean//id=a":                {Kind: "popen", Lean: true, ID: "a"},
		"cmd=fish -c sh//id=a":             {Kind: "cmd", Address: "fish -c sh", ID: "a"},
		"docker=web//chdir=/":              {Kind: "docker", Address: "web", Chdir: "/"},
		"kubectl=a/b/c":                    {Kind: "kubectl", Address: "a/b/c"},
		"sudo":                             {Kind: "sudo"},
		"sudo=postgres//ephemeral":         {Kind: "sudo", Address: "postgres", Ephemeral: true},
		"socket=h:1//key=" + key:           {Kind: "socket", Address: "h:1", Key: key},
		"socket=h:1//trust=first-use//known-servers=k//cert=c": {
			Kind: "socket", Address: "h:1", TrustNew: true, KnownServers: "k", Cert: "c"},
	} {
		got, err := gateway.ParseSpec(text)
		if err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: got %+v, %v; want %+v", text, got, err, want)
		}
	}
}

// G1
func TestSpecRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                  `unknown kind ""`,
		"pop":                               `unknown kind "pop"`,
		"rsh=host//id=x":                    `unknown kind "rsh"`,
		"ssh":                               `ssh needs a destination`,
		"ssh=":                              `ssh needs a destination`,
		"ssh=-oProxyCommand=x":              `ssh needs a destination`,
		"ssh=h//sudo=-u":                    `sudo: it needs no value, or the name of a user`,
		"ssh=h//key=x":                      `"key"; known are: chdir, env:NAME, ephemeral, id, lean, memory, nice, ssh_config, sudo, trust, via, worker`,
		"popen=x":                           `popen takes no value, but "x"`,
		"popen//chdr=x":                     `"chdr"; known are: chdir, env:NAME, id, lean, memory, nice, via, worker`,
		"popen//ID=x":                       `"ID"`,
		"popen//key=x":                      `"key"`,
		"popen//env:=x":                     `env: is not the name`,
		"popen//env=x":                      `"env"`,
		"popen//id=a//id=b":                 `id is given twice`,
		"popen//env:A=1//env:A=2":           `env:A is given twice`,
		"popen//chdir=x//nice=1//nice=":     `nice is given twice`,
		"popen//id":                         `"id" needs a value`,
		"popen//chdir":                      `"chdir" needs a value`,
		"popen//env:A":                      `"env:A" needs a value`,
		"popen//id=":                        `id must be`,
		"popen//id=a\nb":                    `id must be`,
		"popen//id=a\u009bb":                `id must be`,
		"popen//chdir=":                     `chdir needs a directory`,
		"popen//worker=":                    `worker needs a path`,
		"popen//nice=":                      `nice= is not a number`,
		"popen//nice=very":                  `nice=very is not a number`,
		"popen//memory=":                    `memory= is not a size, such as 512MiB`,
		"popen//memory=much":                `memory=much is not a size`,
		"popen//memory=-1GiB":               `memory=-1GiB is not a size`,
		"popen//memory=1.5GiB":              `memory=1.5GiB is not a size`,
		"popen//memory=2GB":                 `memory=2GB is not a size`,
		"popen//memory=9999999999TiB":       `is not a size`,
		"popen//memory=31MiB":               `memory=31MiB is less than the 32MiB that a far side needs`,
		"popen//=x":                         `a setting without a name`,
		"popen//":                           `a setting without a name`,
		"popen//id=x//":                     `a setting without a name`,
		"popen////id=x":                     `unknown kind "popen/"`,
		"popen//chdir=x////id=x":            `"/id"`,
		"popen//env:A=\x00":                 `env:A is not the name and value`,
		"socket":                            `socket needs an address`,
		"socket=":                           `socket needs an address`,
		"socket=h:1//key=hunter2":           `key is not the fingerprint`,
		"socket=h:1//key=":                  `key is not the fingerprint`,
		"socket=h:1//trust=all":             `trust=all is not known, only trust=first-use`,
		"socket=h:1//token=":                `token needs the token`,
		"socket=h:1//token=a//token-file=b": `exclude each other`,
		"socket=h:1//trust=first-use//key=" + key: `exclude each other`,
		"socket//installvia=a//token=t":           `installvia starts a server with a key and a token of its own`,
		"cmd":                                     `cmd: it needs a command`,
		"cmd=":                                    `cmd: it needs a command`,
		"cmd=  ":                                  `cmd: it needs a command`,
		"cmd=''":                                  `cmd: it needs a command`,
		"cmd=ssh 'a host":                         `cmd: the quote ' at position 5 is not closed: "'a host"`,
		"cmd=fish":                                `cmd: fish reads all of its input before it runs any of it`,
		"cmd=ssh -T 'my host' /usr/bin/fish":      `let it run sh: fish -c sh`,
		"cmd=sh//via=a":                           `cmd runs a command of this machine and cannot go through another gateway`,
		"cmd=sh//ephemeral=1":                     `ephemeral takes no value`,
		"cmd=sh//ephemeral//ephemeral":            `ephemeral is given twice`,
		"popen//via=a//lean":                      `popen//via=a starts the worker that is there already: say lean for that gateway`,
		"popen//lean=yes":                         `lean takes no value, but "yes"`,
		"popen//ephemeral":                        `"ephemeral" needs a value`,
		"popen//ephemeral=":                       `unknown setting for popen: "ephemeral"`,
		"cmd=sh//token=x":                         `unknown setting for cmd: "token"; known are: chdir, env:NAME, ephemeral, id, lean, memory, nice, via, worker`,
		"docker=":                                 `docker: it needs the name of a container: docker=NAME`,
		"docker=--privileged":                     `docker: it needs the name of a container`,
		"kubectl=a/b/c/d":                         `kubectl: it needs the name of a pod`,
		"kubectl=a/-b":                            `kubectl: it needs the name of a pod`,
		"sudo=-s":                                 `sudo: it needs no value, or the name of a user`,
		"socket=h:1//worker":                      `"worker" needs a value`,
		"socket=h:1//cert=a//cert=b":              `cert is given twice`,
		"socket=h:1//nope=1":                      `"nope"; known are: cert, chdir, env:NAME, id, installvia, key, known-servers, lean, memory, nice, token, token-file, trust, via, worker`,
	} {
		spec, err := gateway.ParseSpec(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, %v; want an error with %s", text, spec, err, want)
		}
		_, err = gateway.Open(t.Context(), text, nil)
		if failed, ok := errors.AsType[*gateway.OpenError](err); !ok || failed.Stage != gateway.StageSpec {
			t.Errorf("%q: Open gave %v", text, err)
		}
	}
}

// G1: a value with // in it ends too early; what follows must not be shown.
func TestSpecErrorsShowNoSecrets(t *testing.T) {
	for _, text := range []string{
		"popen//env:DSN=postgres://user:hunter2@db/x",
		"popen//env:DSN=postgres://user:hunter2@db/x?a=b",
		"popen//env:TOKEN=abc//hunter2",
		"popen//env:TOKEN=abc//hunter2=//id=x",
		"popen//env:TOKEN=hunter2//nope=x",
		"popen//env:TOKEN=hunter2//id",
		"popen//env:TOKEN=hunter2//env:TOKEN=hunter2",
		"popen//env:TOKEN=hunter2\x00",
		"env:TOKEN=hunter2//popen",
		"socket=h:1//token=a//hunter2",
		"socket=h:1//token=a//hunter2=b",
		"socket=h:1//token=hunter2//token=hunter2",
		"socket=h:1//token=hunter2//token-file=x",
		"socket=h:1//key=hunter2",
		"socket=127.0.0.1:1//token=hunter2", // nobody listens there
	} {
		_, err := gateway.Open(t.Context(), text, nil)
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// G1
func TestPrintedSpecShowsNoSecrets(t *testing.T) {
	const text = "popen//env:TOKEN=hunter2//env:A=hunter2//worker=/no/such/worker//id=x"
	spec, err := gateway.ParseSpec(text)
	if err != nil {
		t.Fatal(err)
	}
	const want = "popen//id=x//worker=/no/such/worker//env:A=***//env:TOKEN=***"
	if spec.String() != want {
		t.Errorf("got %s, want %s", spec, want)
	}
	_, err = gateway.Open(t.Context(), text, nil)
	if err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), want) {
		t.Errorf("Open: %v", err)
	}
}

func FuzzParseSpec(f *testing.F) {
	for _, seed := range []string{
		"ssh=me@[::1]:22//sudo//ephemeral//trust=first-use", "cmd=a 'b c'//ephemeral", "kubectl=a/b/c", "sudo=x",
		"socket=h:1//key=" + key + "//token=x//cert=y", "socket=unix:/s///via=a", "socket//installvia=b//trust=first-use",
		"popen", "popen//id=x//chdir=/tmp///nice=3", "popen//env:A=1//env:B=", "popen//worker=a=b", "popen////", "popen//id",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		spec, err := gateway.ParseSpec(text)
		if err != nil {
			return
		}
		again, err := gateway.ParseSpec(spec.String())
		if err != nil {
			t.Fatalf("%q printed as %q is refused: %v", text, spec, err)
		}
		if again.String() != spec.String() || len(again.Env) != len(spec.Env) {
			t.Fatalf("%q printed as %q is read as %q", text, spec, again)
		}
		spec.Env, again.Env = nil, nil
		spec.Token, again.Token = "", ""
		if !reflect.DeepEqual(spec, again) {
			t.Fatalf("%q printed as %q is read as %+v", text, spec, again)
		}
	})
}

package gateway_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/gateway"
)

func TestSpecIsRead(t *testing.T) {
	for text, want := range map[string]gateway.Spec{
		"popen":                            {Kind: "popen"},
		"popen//id=gw0//chdir=a/b":         {Kind: "popen", ID: "gw0", Chdir: "a/b"},
		"popen//nice=-5//worker=/x y":      {Kind: "popen", Nice: -5, Worker: "/x y"},
		"popen//env:A=1//env:B=x=y":        {Kind: "popen", Env: []string{"A=1", "B=x=y"}},
		"popen//env:A=":                    {Kind: "popen", Env: []string{"A="}},
		"popen//chdir=/tmp///id=slash":     {Kind: "popen", Chdir: "/tmp/", ID: "slash"},
		"popen//chdir=/":                   {Kind: "popen", Chdir: "/"},
		"popen//id=größe//env:Ü=\xff":      {Kind: "popen", ID: "größe", Env: []string{"Ü=\xff"}},
		"popen//worker=/bin/env:x//nice=0": {Kind: "popen", Worker: "/bin/env:x"},
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
		"":                              `unknown kind ""`,
		"pop":                           `unknown kind "pop"`,
		"ssh=host//id=x":                `unknown kind "ssh"`,
		"popen=x":                       `popen takes no value, but "x"`,
		"popen//chdr=x":                 `"chdr"; known are: chdir, env:NAME, id, nice, worker`,
		"popen//ID=x":                   `"ID"`,
		"popen//via=gw1":                `"via"`,
		"popen//env:=x":                 `env: is not the name`,
		"popen//env=x":                  `"env"`,
		"popen//id=a//id=b":             `id is given twice`,
		"popen//env:A=1//env:A=2":       `env:A is given twice`,
		"popen//chdir=x//nice=1//nice=": `nice is given twice`,
		"popen//id":                     `"id" needs a value`,
		"popen//chdir":                  `"chdir" needs a value`,
		"popen//env:A":                  `"env:A" needs a value`,
		"popen//id=":                    `id must be`,
		"popen//id=a\nb":                `id must be`,
		"popen//id=a\u009bb":            `id must be`,
		"popen//chdir=":                 `chdir needs a directory`,
		"popen//worker=":                `worker needs a path`,
		"popen//nice=":                  `nice= is not a number`,
		"popen//nice=very":              `nice=very is not a number`,
		"popen//=x":                     `a setting without a name`,
		"popen//":                       `a setting without a name`,
		"popen//id=x//":                 `a setting without a name`,
		"popen////id=x":                 `unknown kind "popen/"`,
		"popen//chdir=x////id=x":        `"/id"`,
		"popen//env:A=\x00":             `env:A is not the name and value`,
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
		if !reflect.DeepEqual(spec, again) {
			t.Fatalf("%q printed as %q is read as %+v", text, spec, again)
		}
	})
}

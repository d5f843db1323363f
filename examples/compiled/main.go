// Command compiled has a package compiled for a far side that has no toolchain, no
// modules and no network, sends it there and gets its results.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/worker"
)

// files is compiled when it is first used. The second use compiles and sends nothing.
var files = gateway.Build("github.com/farside-go/farside/examples/compiled/compare", nil)

func main() {
	worker.Main() // the far side needs no interpreter

	dir, err := os.MkdirTemp("", "compiled-")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	before, after := filepath.Join(dir, "before"), filepath.Join(dir, "after")
	if err := write(before, "one\ntwo\n", after, "one\n三三三三三三\n"); err != nil {
		log.Fatal(err)
	}
	if err := compare("popen//env:PATH=/nonexistent", before, after); err != nil {
		log.Fatal(err)
	}
}

// write writes texts to files.
func write(pathsAndTexts ...string) error {
	for i := 0; i < len(pathsAndTexts); i += 2 {
		if err := os.WriteFile(pathsAndTexts[i], []byte(pathsAndTexts[i+1]), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// compare prints how two files of a far side differ.
func compare(spec, before, after string) error {
	ctx := context.Background()
	gw, err := gateway.Open(ctx, spec, nil)
	if err != nil {
		return err
	}
	defer gw.Close()
	ch, err := gw.Exec(ctx, files, before, after, 12)
	if err != nil {
		return err
	}
	for line, err := range channel.Of[string](ch).All(ctx) {
		if err != nil {
			return err
		}
		fmt.Println(line)
	}
	toolchain, err := channel.Get[bool](ctx, ch, "toolchain")
	fmt.Println("a toolchain over there:", toolchain)
	return err
}

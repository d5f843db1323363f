package gobuild_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"

	"github.com/farside-go/farside/internal/gobuild"
)

// another has the cache that another process, which is this program too, builds in.
const another = "FARSIDE_TEST_ANOTHER_BUILD"

// anotherBuild is another process that builds ./far in dir and prints its hash.
func anotherBuild(cache, dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), another+"="+cache)
	cmd.Dir = dir
	cmd.Stderr = os.Stderr
	return cmd
}

func anotherProcess() {
	c, err := gobuild.Open(os.Getenv(another))
	if err == nil {
		var built *gobuild.Built
		if built, err = c.Build(context.Background(), &gobuild.Request{Package: "./far"}); err == nil {
			fmt.Print(built.Hash)
			return
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

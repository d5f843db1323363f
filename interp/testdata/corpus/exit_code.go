//go:build ignore

package main

import (
	"errors"
	"fmt"
	"os"
)

type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func run(args []string) error {
	defer fmt.Println("run cleans up")
	if len(args) == 0 {
		return fmt.Errorf("usage: %w", exitError(3))
	}
	return nil
}

// The usual frame of a command: run gives an error, main makes a status of it.
func main() {
	defer fmt.Println("not printed: os.Exit runs no deferred function")
	err := run(os.Args[1:])
	var code exitError
	if errors.As(err, &code) {
		fmt.Println("error:", err)
		os.Exit(int(code))
	}
	fmt.Println("not reached")
}

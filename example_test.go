package farside_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"slices"
	"strings"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
)

// These run in a test binary whose TestMain calls interp.Main, so that it is its
// own far side.

func Example() {
	ctx := context.Background()
	gw, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer gw.Close()

	ch, err := gw.Exec(ctx, gateway.Source(`
		for item := range channel.Items(ctx) {
			channel.Send(ctx, item.(int)+1)
		}
	`))
	if err != nil {
		log.Fatal(err)
	}
	if err := ch.Send(ctx, 41); err != nil {
		log.Fatal(err)
	}
	n, err := channel.Receive[int](ctx, ch)
	fmt.Println(n, err)
	// Output: 42 <nil>
}

// A call waits for what the far function returns; the arguments are converted to
// its parameters.
func Example_call() {
	ctx := context.Background()
	gw, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer gw.Close()

	repeat := gateway.Source(`
		func repeat(ctx context.Context, text string, n int) (string, error) {
			if n < 0 {
				return "", fmt.Errorf("repeat: %d times", n)
			}
			return strings.Repeat(text, n), nil
		}
	`)
	text, err := gateway.Call[string](ctx, gw, repeat, "ha", 3)
	fmt.Println(text, err)
	_, err = gateway.Call[string](ctx, gw, repeat, "ha", -1)
	fmt.Println(err)
	// Output:
	// hahaha <nil>
	// repeat: -1 times
}

// What a program prints comes back live.
func Example_output() {
	ctx := context.Background()
	gw, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer gw.Close()

	program := gateway.Source(`fmt.Println("printed over there")`)
	program.Stdout = os.Stdout
	if _, err := gateway.Call[any](ctx, gw, program); err != nil {
		log.Fatal(err)
	}
	// Output: printed over there
}

// An error over there is a RemoteError here, with the position in the far source.
func Example_errors() {
	ctx := context.Background()
	gw, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer gw.Close()

	program := gateway.Source("list := []int{}\nreturn list[len(args)]")
	program.Name = "list.go"
	_, err = gateway.Call[int](ctx, gw, program)
	var remote *gateway.RemoteError
	if errors.As(err, &remote) {
		fmt.Printf("%s:%d: %s\n", remote.File, remote.Line, strings.TrimPrefix(remote.Text, "panic: "))
	}
	// Output: list.go:2: runtime error: index out of range [0] with length 0
}

// wordsOf is compiled into both sides, which are this program.
var wordsOf = gateway.Func2(func(ctx context.Context, text string, longest int) ([]string, error) {
	if longest < 1 {
		return nil, fmt.Errorf("words of %d letters", longest)
	}
	return slices.DeleteFunc(strings.Fields(text), func(w string) bool { return len(w) > longest }), nil
})

// A registered function is called as it is declared.
func Example_registered() {
	ctx := context.Background()
	gw, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer gw.Close()

	words, err := wordsOf.Call(ctx, gw, "a program runs on both sides", 4)
	fmt.Println(words, err)
	_, err = wordsOf.Call(ctx, gw, "", 0)
	fmt.Println(err)
	// Output:
	// [a runs on both] <nil>
	// words of 0 letters
}

// A command of the far side reads like one of os/exec.
func Example_command() {
	ctx := context.Background()
	gw, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer gw.Close()

	cmd := gw.Command(ctx, "sh", "-c", "sort; echo sorted >&2; exit 3")
	cmd.Stdin = strings.NewReader("b\nc\na\n")
	out, err := cmd.Output()
	fmt.Printf("%q\n", out)
	var exit *gateway.ExitError
	if errors.As(err, &exit) {
		fmt.Println(exit.Code, exit.Stderr)
	}
	// Output:
	// "a\nb\nc\n"
	// 3 sorted
}

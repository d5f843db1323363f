// Command hello runs code in a child process and talks to it.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/interp"
)

func main() {
	interp.Main() // a child process of this program is its far side

	ctx := context.Background()
	gw, err := gateway.Open(ctx, "popen", nil)
	if err != nil {
		log.Fatal(err)
	}
	defer gw.Close()

	ch, err := gw.Exec(ctx, gateway.Source(`
		channel.Send(ctx, "hello from the far side")
		for item := range channel.Items(ctx) {
			channel.Send(ctx, item.(int)+1)
		}
	`))
	if err != nil {
		log.Fatal(err)
	}
	greeting, err := channel.Receive[string](ctx, ch)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(greeting)

	if err := ch.Send(ctx, 41); err != nil {
		log.Fatal(err)
	}
	n, err := channel.Receive[int](ctx, ch)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(n)
}

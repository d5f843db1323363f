package main

import (
	"fmt"

	"example.com/embed"
)

func main() {
	embed.Show()
	fmt.Print(embed.Hello)
}

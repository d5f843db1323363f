//go:build ignore

package main

import "fmt"

type inventory struct {
	items map[string]int
	order []string
}

func (inv *inventory) take(name string) int {
	defer func() { fmt.Println("take", name, "ends") }()
	n := inv.items[name]
	inv.items[name]--
	inv.order = append(inv.order, name)
	return 100 / n
}

func main() {
	inv := &inventory{items: map[string]int{"bolt": 2, "nut": 1}}
	defer func() { fmt.Println(inv.order, inv.items) }()
	fmt.Println(inv.take("bolt"))
	fmt.Println(inv.take("nut"))
	fmt.Println(inv.take("nut"))
	fmt.Println("not reached")
}

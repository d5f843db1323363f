//go:build ignore

package main

import (
	"errors"
	"fmt"
)

type cell struct{ row, col int }

func find(grid [][]int, want int) (at cell, err error) {
	err = errors.New("not found")
search:
	for r, row := range grid {
		for c, v := range row {
			switch {
			case v == want:
				at, err = cell{r, c}, nil
				break search
			case v < 0:
				continue search
			}
		}
	}
	return
}

// retry counts with goto, as it was done before there were loops.
func retry(times int, f func(int) error) (err error) {
	i := 0
again:
	if err = f(i); err == nil {
		return nil
	}
	if i++; i < times {
		goto again
	}
	return fmt.Errorf("gave up after %d: %w", i, err)
}

func machine(input string) (out string) {
	pos := 0
	var c byte
start:
	if pos >= len(input) {
		goto end
	}
	c = input[pos]
	pos++
	switch {
	case c >= '0' && c <= '9':
		goto digit
	case c == '"':
		goto quoted
	}
	out += "."
	goto start
digit:
	out += "D"
	if pos < len(input) && input[pos] >= '0' && input[pos] <= '9' {
		pos++
		goto digit
	}
	goto start
quoted:
	for pos < len(input) {
		c = input[pos]
		pos++
		if c == '"' {
			out += "Q"
			goto start
		}
	}
	out += "!"
end:
	return out + "$"
}

func main() {
	grid := [][]int{{1, 2, 3}, {4, -1, 5}, {6, 7, 5}}
	fmt.Println(find(grid, 2))
	fmt.Println(find(grid, 5))
	fmt.Println(find(grid, 8))
	fmt.Println(retry(3, func(i int) error {
		if i < 2 {
			return fmt.Errorf("try %d", i)
		}
		return nil
	}))
	fmt.Println(retry(2, func(i int) error { return fmt.Errorf("try %d", i) }))
	fmt.Println(machine(`ab12 "x y"3`), machine(`"open`), machine(""))

	// break leaves a switch or a select; a label says which statement is meant.
}

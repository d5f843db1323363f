//go:build ignore

package main

import (
	"encoding/csv"

	"fmt"

	"os"

	"slices"
	"strconv"
)

func main() {
	w := csv.NewWriter(os.Stdout)
	w.Write([]string{"plain", "a,b", "q\"q", " lead", "two\nlines", "", "é"})
	w.Comma, w.UseCRLF = ';', false
	fmt.Println(w.WriteAll([][]string{{"a,b", "c;d"}, {""}, {`\.`}}), w.Error())
	rows := [][]string{{"b", "2"}, {"a", "10"}, {"c", "1"}}
	slices.SortFunc(rows, func(x, y []string) int {
		m, _ := strconv.Atoi(x[1])
		n, _ := strconv.Atoi(y[1])
		return m - n
	})
	w.Comma = ','
	w.WriteAll(rows)
}

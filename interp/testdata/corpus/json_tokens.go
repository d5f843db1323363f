//go:build ignore

package main

import (
	"encoding/json"

	"fmt"

	"strings"
)

func main() {
	var buf strings.Builder
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	enc.Encode(map[string]any{"html": "<b>&", "list": []any{}, "obj": map[string]any{}, "n": nil})
	fmt.Print(buf.String())
	arr := [2]int{7, 8}
	var sl []int
	var p *int
	fmt.Println(json.Unmarshal([]byte(`[1]`), &arr), arr)
	fmt.Println(json.Unmarshal([]byte(`[1,2,3]`), &arr), arr)
	fmt.Println(json.Unmarshal([]byte(`[]`), &sl), sl != nil)
	fmt.Println(json.Unmarshal([]byte(`5`), &p), *p)
}

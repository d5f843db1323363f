//go:build ignore

package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

func main() {
	attempt := func() (n int, err error) {
		defer func() {
			if err != nil {
				err = fmt.Errorf("attempt: %w", err)
			}
		}()
		if n, err = strconv.Atoi("7"); err != nil {
			return
		}
		_, err = strconv.ParseBool("maybe")
		return
	}
	fmt.Println(attempt())
	r := strings.NewReader("abc")
	buf := make([]byte, 2)
	for {
		n, err := io.ReadFull(r, buf)
		fmt.Print(string(buf[:n]), " ", err, "; ")
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			break
		}
	}
	fmt.Println()
}

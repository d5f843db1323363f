package main

import (
	"os"
	"testing"
)

func TestNamesAreThoseThatAreThere(t *testing.T) {
	have, err := os.ReadFile("../../../internal/libnames/names.txt")
	if err != nil {
		t.Fatal(err)
	}
	want, err := names()
	if err != nil || string(have) != want {
		t.Errorf("internal/libnames/names.txt is not what would be written (%v): run make generate", err)
	}
}

//go:build !race

package keep_test

// largeProgram is the size of a program that nobody would keep in memory.
const largeProgram = 200 << 20

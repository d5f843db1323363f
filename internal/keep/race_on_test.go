//go:build race

package keep_test

// largeProgram is less where the race detector makes packing slow.
const largeProgram = 24 << 20

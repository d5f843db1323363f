//go:build !race

package interp_test

const underRace = false

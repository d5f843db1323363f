//go:build race

package interp_test

// underRace is set where the race detector's runtime is at work.
const underRace = true

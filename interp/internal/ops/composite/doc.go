// Package composite has the instructions on arrays, slices, maps, Go channels and
// interface values.
package composite

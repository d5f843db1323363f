// Package encode makes the bytes of one item of a Go value, in the forms that package form
// says. A value that cannot travel, that is too large, too deep or a cycle is an error
// that names the place.
package encode

// Package basic has the instructions on values of basic types: arithmetic,
// comparison, conversion, print.
package basic

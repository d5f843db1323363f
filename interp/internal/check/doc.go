// Package check type-checks far-side source before anything of it runs.
//
// [Check] takes the parsed files of one package and gives what the compiler would
// know of them, or everything that the compiler would object to, in its words and
// at the user's file, line and column. An [Importer] knows the packages that a
// source can import: the standard library and farside's own.
package check

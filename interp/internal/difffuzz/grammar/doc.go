// Package grammar makes up small Go programs.
//
// A program is well typed by construction, ends, and does what the language
// specification fixes, so that every faithful implementation prints the same. What
// the specification leaves open is kept out by these rules:
//
//   - An expression has no side effect but printing, by calls whose order is fixed.
//     What changes a variable is a statement of its own.
//   - What may panic at run time is a statement of its own too, in a function that
//     recovers.
//   - Maps are ranged over in the order of their keys, floats are converted to
//     integers only where they fit, a product of floats is rounded before it is
//     used, the capacity that append chose is not looked at.
//   - At most one case of a select can proceed; goroutines are joined, and what
//     they share is handed over by channels or read when they have ended.
//   - Addresses are not printed.
//
// A program is made of scenes, each about one part of the language. They fill
// their blanks with expressions and statements over all that is in scope.
package grammar

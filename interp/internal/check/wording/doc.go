// Package wording says what is wrong with a source as the compiler says it.
//
// What finds the errors is go/types and go/parser. The compiler has the same rules
// but other trees, and a parser of its own, so that some of its texts and positions
// differ. A user who runs go build on the same source is to read the same.
package wording

// Package decode makes Go values of the bytes of one item, as package form says.
//
// Received bytes are checked as a whole before anything is made of them: well formed,
// definite lengths only, nested at most [rawcbor.MaxDepth] deep, nothing before the end
// missing and nothing after it. Memory is taken as elements are decoded, never on the word
// of a length. What bounds it is the size of the item: a Go value takes more than its
// bytes, a list of nulls received as []any 16 times as much and one of small maps about
// 120 times.
package decode

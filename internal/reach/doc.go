// Package reach reads the text that says how to reach a far side: a kind, perhaps with
// a value, and settings, joined by //.
package reach

// Package proxycommand makes connections of commands: what is written goes to their
// standard input, and what they print on their standard output is read.
package proxycommand

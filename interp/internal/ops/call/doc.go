// Package call has the instructions that call: functions and methods of the
// program and of compiled code, at once, deferred or on a goroutine of their own;
// and those that make func values.
package call

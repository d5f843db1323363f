// Package opening is how a near side has a socket server start a worker: both
// halves of what is said on a connection before the worker's own hello (P17 of
// docs/protocol.md).
//
// It is spoken between a near side of today and a server that may be years old,
// so it says no more than it must: who asks, for which worker, and the worker's
// bytes if they are not there yet.
package opening

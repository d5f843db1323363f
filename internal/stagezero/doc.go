// Package stagezero brings up a worker over a byte stream at whose other end some
// shell reads commands (P19 of docs/protocol.md, ADR 9).
//
// It writes one line, which has whatever shell is there run a program for sh. That
// says what the far side is and where a worker can be kept, takes the worker in if it
// is not there, and becomes it. From then on the stream carries a relayed wire.
package stagezero

// Package seal keeps a worker's wire secret and whole on a connection of its own (P25 of
// docs/protocol.md). What TLS does at its beginning, to make sure who is there, was done
// on another connection, from which both ends have a secret; what is left is small enough
// for a worker to link.
package seal

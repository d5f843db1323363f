// Package keep has both halves of how built programs come to a far side and stay there
// (P23 and P24 of docs/protocol.md): [Send] is the near side's, a [Keeper] the worker's.
//
// A program is known by the hash of its bytes and sent once. It is kept in a folder of
// the user's own, the first of several places where programs may run and there is room:
// those in which stage zero looks for one for the worker (P19), with folders of their
// own, so that neither makes room with what is the other's. A program that is to be kept
// once goes when the worker does, however that ends: where the system knows a file by a
// descriptor it has no name from the start.
package keep

// Package relay carries the wire of a worker over somebody else's byte stream: a
// socket's, or a channel's of the gateway in front of it.
//
// Both directions are in records (P18 of docs/protocol.md), so that beside the
// bytes of the wire there is room for what the worker's process prints, how it
// ended, and the wish that it end. [Serve] is the end that has the process,
// [Conn] the near side's.
package relay

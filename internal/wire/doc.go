// Package wire carries streams of bytes over one byte stream. It is yamux with what a
// mux of channels needs beside it: frames in one write, an end that nothing waits
// behind, reads that can be interrupted, and errors in words.
package wire

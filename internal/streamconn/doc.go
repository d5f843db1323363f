// Package streamconn makes a net.Conn of a channel, so that what wants one, TLS or
// an HTTP client, can run over a gateway.
package streamconn

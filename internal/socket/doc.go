// Package socket is the near side of a socket gateway up to the start of the
// worker: it dials, makes sure who is there, shows who is here, and sends the
// worker if the server does not have it.
package socket

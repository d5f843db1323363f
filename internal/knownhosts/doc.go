// Package knownhosts reads OpenSSH's files of known hosts, checks the key that a host
// shows, and adds keys.
//
// golang.org/x/crypto/ssh/knownhosts is not enough for that: it takes the key of an
// authority for that of a host, does not say which keys a host is known by before
// one is shown (golang/go#29286), and knows neither capitals nor patterns for all
// ports as OpenSSH does. The lines are parsed, the certificates checked and the names
// hashed by x/crypto.
package knownhosts

// Package pin secures a connection between two sides that know each other by key,
// not by name: TLS 1.3, where the server shows a self-signed certificate and the
// client compares its public key with what it knows of that server.
//
// No authority has to sign anything, and neither names nor clocks matter: a key is
// the right one or it is not. How a client knows is a check, a function that is asked
// with the fingerprint of the server's key. [Exactly] wants one fingerprint. [Known]
// keeps a file of servers and their keys, as OpenSSH does, and can be told to trust
// a server at the first sight.
//
// Clients are told apart by whoever uses the connection, or here by certificates
// that an authority of the server's choice has signed ([Server]). Those are verified
// in the usual way, and there the server's clock does matter.
package pin

//go:build !linux

package bootstrap

import "net"

// boundUnacknowledged does nothing: the system has bounds of its own.
func boundUnacknowledged(*net.TCPConn) {}

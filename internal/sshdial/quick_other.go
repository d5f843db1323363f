//go:build !linux

package sshdial

import "net"

// quick is for Linux, which can be told.
func quick(conn net.Conn) net.Conn { return conn }

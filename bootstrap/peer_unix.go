//go:build linux || darwin

package bootstrap

import (
	"fmt"
	"net"
	"os"
)

// checkPeer lets only this server's own user in, and root.
func checkPeer(conn *net.UnixConn) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return err
	}
	var uid int
	var failed error
	if err := raw.Control(func(fd uintptr) { uid, failed = peerUID(int(fd)) }); err != nil {
		return err
	}
	if failed != nil {
		return fmt.Errorf("who is at the other end of the socket: %w", failed)
	}
	if uid != os.Getuid() && uid != 0 {
		return fmt.Errorf("user %d is at the other end of the socket, and this server belongs to user %d", uid, os.Getuid())
	}
	return nil
}

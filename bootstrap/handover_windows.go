package bootstrap

import (
	"net"
	"os"
)

// handOver cannot be done here.
func handOver(conn net.Conn) (*os.File, error) { return nil, conn.Close() }

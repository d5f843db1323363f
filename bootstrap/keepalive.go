package bootstrap

import (
	"net"
	"time"
)

// silence is how long a machine may be gone before the system notices, as a second
// line behind the mux's keepalive, which a worker that is stopped cannot keep up.
var silence = 30 * time.Second

// keepAlive has the system watch a connection.
func keepAlive(conn net.Conn) {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return
	}
	tcp.SetKeepAliveConfig(net.KeepAliveConfig{Enable: true, Idle: silence / 3, Interval: silence / 6, Count: 4})
	boundUnacknowledged(tcp)
}

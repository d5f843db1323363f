package worker

import (
	"io"
	"net"
)

// InProcess starts a worker in this process and gives the near side's end of its
// byte stream, for tests: it is the real worker, without a process of its own,
// so that directory, environment and standard streams are shared with this
// program, and a panic in a goroutine of far code ends it. The worker ends when
// the near side closes the stream.
//
//	gw, err := gateway.New(ctx, worker.InProcess(nil), nil)
func InProcess(opts *Options) io.ReadWriteCloser {
	near, far := net.Pipe()
	go Serve(far, opts) // ends when near is closed
	return near
}

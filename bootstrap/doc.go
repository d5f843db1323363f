// Package bootstrap has the far half of what brings a far side up over a socket:
// a [Server] that lets near sides in, takes the worker that each of them brings,
// and starts it in a process of its own.
//
//	server, err := bootstrap.NewServer(nil)
//	listener, err := bootstrap.Listen("127.0.0.1:0")
//	fmt.Println(server.Spec(listener.Addr())) // what the near side opens
//	err = server.Serve(listener)
//
// The command socketserver is a thin layer over it. A server need not be updated
// with the programs that use it: what goes over the wire above the start of the
// worker is between the near side and the worker that it brought. That idea is
// execnet's; that nobody without the key gets in is not.
package bootstrap

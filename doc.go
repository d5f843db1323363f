// Package farside is the tour; the code is in the packages below it.
//
// farside brings Go code to the far side and lets both sides talk. A program
// opens a gateway, which brings up a worker with nothing installed there; it
// sends the worker code to execute, and talks to that code over typed channels.
//
//	func main() {
//		interp.Main() // a child process of this program is its far side
//
//		gw, err := gateway.Open(ctx, "popen", nil)
//		defer gw.Close()
//
//		ch, err := gw.Exec(ctx, gateway.Source(`
//			for item := range channel.Items(ctx) {
//				channel.Send(ctx, item.(int)+1)
//			}
//		`))
//		err = ch.Send(ctx, 41)
//		n, err := channel.Receive[int](ctx, ch) // 42
//	}
//
// # Packages
//
//   - gateway: the near side. Open, run, watch and close far sides.
//   - channel: items, bindings and subscriptions between two sides of any byte
//     stream.
//   - interp: far-side Go source, and Main, the line that makes a program its own
//     worker with an interpreter.
//   - worker: the far side, and Main for programs without the interpreter.
//   - bootstrap: the server that lets near sides in over a socket and starts the
//     workers that they bring; socketserver is its command.
//   - cmd/farside: the same from the command line.
//
// # Glossary
//
//   - near side, far side: the program that opened the gateway, and what it
//     brought up.
//   - gateway: the near side's hold on one far side; it owns its life.
//   - spec: the text that says how to reach a far side.
//   - kind (of gateway): popen, socket, ssh, cmd.
//   - hop: a gateway through which another is reached.
//   - worker: the far-side loop that serves one byte stream.
//   - group: gateways held together.
//   - channel: an ordered, reliable, flow-controlled pair of item queues. What Go
//     calls a channel is called a Go channel.
//   - item: one value sent on a channel.
//   - binding: a named value that both sides of a channel see.
//   - program: what Exec runs; exec: to run one.
//   - RemoteError: an error that happened over there and crossed the wire.
//
// The ideas come from execnet, the rules of what is promised from docs.
package farside

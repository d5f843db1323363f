// Package gateway is the near side: it brings up far sides, runs programs on them
// and ends them.
//
//	gw, err := gateway.Open(ctx, "popen", nil)
//	defer gw.Close()
//
//	ch, err := gw.Exec(ctx, gateway.Source(`
//		for item := range channel.Items(ctx) {
//			channel.Send(ctx, item.(int)+1)
//		}
//	`))
//	err = ch.Send(ctx, 41)
//	n, err := channel.Receive[int](ctx, ch) // 42
//
// A gateway is described by a spec: a kind, perhaps with a value, and settings,
// joined by //.
//
//	popen                             a child process
//	popen//id=gw0//chdir=build        named, in a directory of its own
//	popen//env:LANG=C//nice=10        with an environment and a priority
//	popen//memory=2GiB                allowed to use so much memory
//	popen//worker=/usr/bin/farside    with a worker given by path
//	socket=host:7000//key=SHA256:...  a worker started by a socketserver
//	popen//via=gw0                    a child process on the far side of gw0
//	ssh=me@host//chdir=work           behind an SSH server
//	cmd=lxc exec box sh               behind a command that gives a shell
//	docker=web//ephemeral             in a container, leaving nothing behind
//	ssh=host//lean                    without the interpreter
//
// # Registered functions
//
// A far function can be compiled into the program instead, where the far side runs the
// same program: a child process, or what this program sent over SSH or to a socket server
// of the same system. It is registered in a package-level variable and called with the
// compiler's checks and at native speed:
//
//	var count = gateway.Func2(func(ctx context.Context, dir, pattern string) (int, error) { ... })
//
//	n, err := count.Call(ctx, gw, "/srv", "*.go")
//
// [Func] and its like are for functions that return a result, by the number of their
// arguments; [ChannelFunc] and its like for those that talk over their channel; [FuncOf]
// for any. A far side that is another program, or another build of it, refuses.
//
// # Commands of the far side
//
// [Gateway.Command] runs a command over there as package os/exec does here:
//
//	out, err := gw.Command(ctx, "uname", "-a").Output()
//
// # Sockets
//
// A socket gateway needs a socketserver at its address, and no more over there. The
// server is known by the fingerprint of its key: given as key=, or kept in a file of
// known servers (known-servers=PATH), where trust=first-use notes that of a new one.
// It is shown a token (token=, or token-file=PATH), or a certificate (cert=PATH, a
// PEM file with its key); a Unix socket, socket=unix:/path, needs neither. The server
// prints the spec that reaches it. Opening again after a loss is the caller's
// business; nothing is sent twice by itself.
//
// # Gateways behind commands
//
// A command gateway runs a command of this machine whose standard input and output
// become a shell over there; nothing else is needed there but a POSIX sh, and a folder
// where programs may run. The command is split into words as a shell does, with quotes
// and backslashes, and nothing in it is expanded; it cannot contain //.
//
//	cmd=COMMAND                  for example cmd=ssh -T host sh, or cmd=lxc exec box sh
//	docker=NAME, podman=NAME     docker exec -i NAME sh
//	kubectl=POD                  kubectl exec -i POD -- sh; also NAMESPACE/POD and NAMESPACE/POD/CONTAINER
//	sudo, sudo=USER              sudo -n sh, sudo -n -u USER sh: where no password is asked for
//
// The worker is sent if it is not there, and kept in the user's cache folder, or where
// else programs may run: /var/tmp, /tmp, /dev/shm, $TMPDIR or the current folder. With
// the setting ephemeral, which has no value, it is not kept. Environment and directory
// of a spec are those of the worker; the command itself has this program's. Of shells
// only fish will not do, which reads all of its input before it runs any of it: that is
// refused, and fish -c sh is not.
//
// # SSH
//
// ssh=[user@]host[:port] speaks SSH itself, with OpenSSH's configuration (ssh_config=PATH
// names another file), agent and known hosts; trust=first-use records the key of a new
// host. [Options].Prompt asks for passphrases and passwords. sudo, or sudo=USER, makes
// the far side another user's. See docs/ssh.md of this module for what is honoured.
//
// # Gateways through others
//
// Gateways of a [Group] can be reached through one another. With via=ID the far side
// of ID starts the child process, or dials the socket, with TLS still between this
// side and the server. With installvia=ID the far side of ID runs the socket server
// itself, at the spec's address or a free port of its loopback:
//
//	popen//id=a
//	socket=10.0.0.7:7000//via=a//key=SHA256:...//token-file=t//id=b
//	socket//installvia=b//via=b
//
// What a program prints goes to the Stdout and Stderr of its [Program] or of the
// gateway's [Options]; what it reads from os.Stdin comes from the Stdin of its
// Program, from the first use on.
//
// # Programs
//
// A [Program] is one of three. [Source] is interpreted: for snippets and glue. [Func] and
// its like are functions of this very program: for far sides that run the same file.
// [Build] and [BuildSource] are compiled by the local toolchain for the far side's system
// and sent there: for real programs, with any modules. All have the same far functions and
// the same channels.
//
// A built program needs no toolchain, no modules and no network over there. It is kept in
// the user's cache folder, farside/programs, or where else programs may run and there is
// room (farside-programs-UID in /var/tmp, /tmp, /dev/shm, $TMPDIR or the current folder), up
// to 1 GiB, of which what was not used for longest goes; an ephemeral gateway keeps none.
// [Gateway.KeptPrograms] lists what is kept. What was built is kept here as well; see
// farside cache.
//
// # Memory
//
// A far side whose programs use more than memory= allows ends, with last words that
// say where they were; their processes do not count. Without it a far side on Linux
// may use three quarters of what is available where and when it starts, and at least
// 256 MiB; elsewhere there is no bound.
//
// # The worker
//
// What runs on the far side is this very program, if its main (or
// TestMain) calls interp.Main or worker.Main first thing. Otherwise it is an
// installed farside command, or one that the local toolchain builds; for another
// system than this one, a program of the folder that worker= names, or one that the
// toolchain builds, or the socket server's own. A program
// never starts itself as a worker unless it called the entry point.
//
// With the setting lean, which has no value, the worker has no interpreter: a far side
// that runs no source is brought less than 2 MB instead of 9. It is this program if that calls
// worker.Main, else one that the toolchain builds. In a folder of workers the files are
// called farside-OS-ARCH and farside-lean-OS-ARCH, as in farside-linux-arm64.
//
// The idea of gateways and channels is execnet's.
package gateway

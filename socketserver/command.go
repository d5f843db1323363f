package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/farside-go/farside/internal/version"
)

const (
	exitFailed = 1
	exitUsage  = 2
)

// usageError is a mistake in the command line.
type usageError struct{ error }

// run is the command: it gives the exit status.
func run(args []string, out, errs io.Writer) int {
	cmd := command(out, errs)
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(context.Background())
	if err == nil {
		return 0
	}
	fmt.Fprintln(errs, "socketserver:", err)
	if errors.As(err, new(usageError)) {
		fmt.Fprintln(errs, "Run 'socketserver --help' for usage.")
		return exitUsage
	}
	return exitFailed
}

// settings are what the command line says.
type settings struct {
	listen      string
	tokenFile   string
	keyFile     string
	clientCA    string
	worker      string
	store       string
	storeMB     int64
	maxConns    int
	idleTimeout time.Duration
	logFormat   string
	once        bool
}

// check looks for what makes no sense.
func (s *settings) check() error {
	switch {
	case s.maxConns < 1:
		return errors.New("--max-conns must be at least 1")
	case s.storeMB < 1:
		return errors.New("--store-size must be at least 1")
	case s.idleTimeout < 0:
		return fmt.Errorf("--idle-timeout %v is no time to wait", s.idleTimeout)
	case s.tokenFile != "" && s.clientCA != "":
		return errors.New("--token-file and --client-ca exclude each other: near sides show a token or a certificate")
	case !slices.Contains(logFormats, s.logFormat):
		return fmt.Errorf("--log-format %s is none of %s", s.logFormat, strings.Join(logFormats, ", "))
	}
	return s.checkListen()
}

func command(out, errs io.Writer) *cobra.Command {
	s := &settings{}
	cmd := &cobra.Command{
		Use:   "socketserver",
		Short: "Let programs that use farside run code on this machine",
		Long: `Let programs that use farside run code on this machine.

Whoever has the token, or a certificate that --client-ca knows, can run anything
that this user can. The server prints the spec that reaches it: paste it into
gateway.Open or into farside exec --on. Near sides know the server by its key,
which is kept in --key-file; clients of a Unix socket must be of this user.

A near side brings its own worker, which is kept in the user's cache folder for the
next time. The first SIGTERM or Ctrl-C lets those that are there finish, the
second ends them.`,
		Example: `  socketserver
  socketserver --listen 0.0.0.0:7000 --token-file /etc/farside/token
  socketserver --listen unix:/run/user/1000/farside
  farside exec --on 'socket=HOST:7000//key=SHA256:...//token=...' -e 'return os.Getpid()'`,
		Version:       version.String(),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.NoArgs(cmd, args); err != nil {
				return usageError{err}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.check(); err != nil {
				return usageError{err}
			}
			return s.serve(cmd.Context(), out, errs)
		},
	}
	cmd.SetOut(out)
	cmd.SetErr(errs)
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	s.addFlags(cmd)
	return cmd
}

func (s *settings) addFlags(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&s.listen, "listen", "127.0.0.1:0", "listen at this `address`: HOST:PORT, unix:/PATH, or systemd for the sockets that systemd passes")
	flags.StringVar(&s.tokenFile, "token-file", "", "read the token from this `file` (default: a fresh one, which is printed)")
	flags.StringVar(&s.keyFile, "key-file", "", "keep the server's key in this `file`, made if missing (default: farside/socketserver.key in the user's configuration folder)")
	flags.StringVar(&s.clientCA, "client-ca", "", "let those in who show a certificate of an authority in this PEM `file`, instead of a token")
	flags.StringVar(&s.worker, "worker", "", "offer this `program` to near sides that have none for this system (default: an installed farside command, else this program)")
	flags.StringVar(&s.store, "store", "", "keep workers in this `folder` (default: farside/workers in the user's cache folder)")
	flags.Int64Var(&s.storeMB, "store-size", 1024, "keep at most so many `megabytes` of workers")
	flags.IntVar(&s.maxConns, "max-conns", 256, "serve at most `n` near sides at once")
	flags.DurationVar(&s.idleTimeout, "idle-timeout", 0, "end after there was nobody for so long (default: never)")
	flags.StringVar(&s.logFormat, "log-format", "text", "log as `text or json` to standard error, or none")
	flags.BoolVar(&s.once, "once", false, "serve one near side, then end")
	complete := func(words ...string) cobra.CompletionFunc {
		return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
	}
	cmd.RegisterFlagCompletionFunc("log-format", complete(logFormats...))
	cmd.RegisterFlagCompletionFunc("listen", complete("127.0.0.1:0", "0.0.0.0:7000", "unix:", "systemd"))
	cmd.MarkFlagFilename("client-ca", "pem", "crt")
	cmd.MarkFlagDirname("store")
}

package socket_test

import (
	"context"
	"errors"
	"io"
	"net"
	"path/filepath"
	"strings"
	"testing"

	"github.com/farside-go/farside/bootstrap"
	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/pin"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/socket"
	"github.com/farside-go/farside/internal/store"
	"github.com/farside-go/farside/internal/version"
	"github.com/farside-go/farside/internal/workerbin"
)

// server runs the real one, with a store of its own.
func server(t testing.TB, address string) (*bootstrap.Server, *socket.Settings) {
	t.Helper()
	s, err := bootstrap.NewServer(&bootstrap.Options{Token: strings.ReplaceAll(token, " ", "-"), Store: filepath.Join(t.TempDir(), "workers")})
	check(t, err)
	l, err := bootstrap.Listen(address)
	check(t, err)
	served := make(chan error, 1)
	go func() { served <- s.Serve(l) }() // ends with the server
	t.Cleanup(func() {
		s.Close()
		check(t, <-served)
	})
	to := settings(t, l, s.Fingerprint())
	to.Token = strings.ReplaceAll(token, " ", "-")
	return s, to
}

// open fails, or gives a wire that ends with the test.
func open(t testing.TB, to *socket.Settings) (*relay.Conn, error) {
	t.Helper()
	wire, err := socket.Open(t.Context(), to)
	if err == nil {
		t.Cleanup(func() {
			wire.Close()
			check(t, wire.End(context.Background()))
		})
	}
	return wire, err
}

func refuse(t testing.TB, to *socket.Settings, stage string, want ...string) {
	t.Helper()
	_, err := open(t, to)
	wantStage(t, err, stage, want...)
}

// B2: over each kind of network the worker is sent once, and then found.
func TestOpenSendsTheWorkerOnce(t *testing.T) {
	for _, address := range []string{"127.0.0.1:0", "unix:" + filepath.Join(t.TempDir(), "s")} {
		_, to := server(t, address)
		var told, total int64
		to.Progress = func(done, of int64) { told, total = done, of }
		for _, sent := range []int64{self(t).Size, 0} {
			told, total = 0, 0
			wire, err := open(t, to)
			check(t, err)
			if far, err := (&hello.Line{}).Exchange(t.Context(), wire.Conn()); err != nil || far.Fields["pid"] == "" {
				t.Errorf("the worker's hello: %v, %v", far, err)
			}
			if told != sent || total != sent {
				t.Errorf("%s: told of %d bytes of %d, and %d are to be sent", address, told, total, sent)
			}
		}
	}
}

// G10
func TestNameThatIsNotKnown(t *testing.T) {
	to := fake(t, func(net.Conn) {})
	nobody := func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("no name server") }
	to.Dial, to.Address = (&net.Dialer{Resolver: &net.Resolver{PreferGo: true, Dial: nobody}}).DialContext, "host.example:1"
	refuse(t, to, socket.StageResolve, "host.example")
}

func TestNobodyListens(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(t, err)
	l.Close()
	refuse(t, settings(t, l, ""), socket.StageDial, l.Addr().String(), "refused")
}

// S1
func TestKeyOfTheServer(t *testing.T) {
	_, to := server(t, "127.0.0.1:0")
	other, err := pin.NewKey()
	check(t, err)
	to.Check = pin.Exactly(other.Fingerprint())
	refuse(t, to, socket.StageKey, "the server's key is", other.Fingerprint())
	known := pin.OpenKnown(filepath.Join(t.TempDir(), "known"))
	to.Check = known.Check(to.Address, false)
	refuse(t, to, socket.StageKey, "is not known", "trust=first-use")
}

func TestServerThatSpeaksNoTLS(t *testing.T) {
	refuse(t, fake(t, func(conn net.Conn) {
		conn.Read(make([]byte, 1))
		io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\n\r\n")
		io.Copy(io.Discard, conn)
	}), socket.StageAuthenticate, "tls:", "is a socketserver listening at 127.0.0.1:")
}

// S2
func TestWrongToken(t *testing.T) {
	_, to := server(t, "127.0.0.1:0")
	to.Token = "a wrong token, of course"
	_, err := open(t, to)
	wantStage(t, err, socket.StageAuthenticate, "the token is wrong")
	if strings.Contains(err.Error(), "of course") {
		t.Errorf("it tells the token: %v", err)
	}
}

func TestServerThatClosesWithoutAWord(t *testing.T) {
	to := secured(t, func(conn net.Conn) { hello.ReadOpening(relay.Buffered(conn)) })
	refuse(t, to, socket.StageAuthenticate, "it closed the connection; its log says why")
}

// B3
func TestNoWorker(t *testing.T) {
	to := secured(t, func(conn net.Conn) {
		hello.ReadOpening(relay.Buffered(conn))
		io.WriteString(conn, "farside 1"+system+"state=wanted\n")
		io.Copy(io.Discard, conn)
	})
	to.Worker = func(context.Context, string, string) (workerbin.Program, error) {
		return workerbin.Program{}, errors.New("none anywhere")
	}
	refuse(t, to, socket.StageWorker, "none anywhere")
}

// B3: a near side that is no worker and can build none takes what the server has.
func TestNoWorkerButTheServersOwn(t *testing.T) {
	asked := make(chan string, 1)
	own := strings.Repeat("0", 64)
	to := secured(t, func(conn net.Conn) {
		read := relay.Buffered(conn)
		hello.ReadOpening(read)
		io.WriteString(conn, "farside 1"+system+"state=wanted own="+own+" version="+version.String()+"\n")
		if again, err := hello.ReadOpening(read); err == nil {
			asked <- again.Fields["worker"]
			io.WriteString(conn, "farside 1"+system+"state=started\n")
		}
		io.Copy(io.Discard, conn)
	})
	to.Worker = func(context.Context, string, string) (workerbin.Program, error) {
		return workerbin.Program{}, errors.New("none anywhere")
	}
	wire, err := socket.Open(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	wire.End(ended) // nobody is there to tell
	if hash := <-asked; hash != own {
		t.Errorf("it asked for %s", hash)
	}
}

// What takes long is done before a server waits for it.
func TestWorkerIsFoundBeforeTheServerIsDialled(t *testing.T) {
	to := secured(t, func(conn net.Conn) { io.Copy(io.Discard, conn) })
	var order []string
	dial := to.Dial
	to.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		order = append(order, "dial")
		return dial(ctx, network, address)
	}
	ctx, cancel := context.WithCancel(t.Context())
	to.Worker = func(context.Context, string, string) (workerbin.Program, error) {
		order = append(order, "find")
		cancel()
		return self(t), nil
	}
	if _, err := socket.Open(ctx, to); err == nil || len(order) != 2 || order[0] != "find" {
		t.Errorf("%v, then %v", order, err)
	}
}

// host serves openings with a small store.
func host(t testing.TB) *socket.Settings {
	kept, err := store.Open(filepath.Join(t.TempDir(), "workers"), &store.Options{MaxProgram: 1000})
	check(t, err)
	h := &opening.Host{Token: token, Store: kept}
	return secured(t, func(conn net.Conn) {
		worker, err := h.Open(conn, relay.Buffered(conn), func(*opening.Ticket) error { return nil })
		if err == nil {
			worker.Release()
			return
		}
		if opening.Refuse(conn, err) == nil {
			io.Copy(io.Discard, conn)
		}
	})
}

func TestUploadThatIsRefused(t *testing.T) {
	refuse(t, host(t), socket.StageUpload, "the server refused", "larger than the 1000 bytes")
}

func TestWorkerFileThatIsGone(t *testing.T) {
	to, gone := host(t), script(t, "x")
	gone.Path += "gone"
	to.Worker = func(context.Context, string, string) (workerbin.Program, error) { return gone, nil }
	refuse(t, to, socket.StageUpload, gone.Path)
}

func TestWorkerThatDoesNotStart(t *testing.T) {
	_, to := server(t, "127.0.0.1:0")
	bad := script(t, "this is no program")
	to.Worker = func(context.Context, string, string) (workerbin.Program, error) { return bad, nil }
	refuse(t, to, socket.StageStart, "the server refused", "is not a program that this system knows")
}

func TestWorkerThatIsTakenAndNotStarted(t *testing.T) {
	to, small := secured(t, func(conn net.Conn) {
		read := relay.Buffered(conn)
		for range 2 {
			hello.ReadOpening(read)
			io.WriteString(conn, "farside 1"+system+"state=wanted\n")
		}
		io.Copy(io.Discard, conn)
	}), script(t, "x")
	to.Worker = func(context.Context, string, string) (workerbin.Program, error) { return small, nil }
	refuse(t, to, socket.StageUpload, "took the worker but did not start it")
}

// B3: for a server of another kind the worker is another.
func TestServerOfAnotherKind(t *testing.T) {
	own := strings.Repeat("0", 64)
	for name, c := range map[string]struct{ offer, stage, want string }{
		"brings none":                {"", socket.StageWorker, "none for plan9/mips"},
		"brings one":                 {" own=" + own + " version=" + version.String(), socket.StageStart, "asked for its own"},
		"brings one of another time": {" own=" + own + " version=v0.0.1", socket.StageWorker, "the server's own is of version v0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			to := secured(t, func(conn net.Conn) {
				read := relay.Buffered(conn)
				hello.ReadOpening(read)
				io.WriteString(conn, "farside 1 os=plan9 arch=mips state=wanted"+c.offer+"\n")
				if again, err := hello.ReadOpening(read); err == nil && again.Fields["worker"] == own {
					io.WriteString(conn, "farside 1 error=asked+for+its+own stage=start\n")
				}
				io.Copy(io.Discard, conn)
			})
			to.Worker = func(_ context.Context, goos, goarch string) (workerbin.Program, error) {
				if goos == "plan9" {
					return workerbin.Program{}, errors.New("none for " + goos + "/" + goarch)
				}
				return self(t), nil
			}
			refuse(t, to, c.stage, c.want)
		})
	}
}

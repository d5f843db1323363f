package gateway_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/gateway"
)

// web serves HTTP on this machine, and gives a client whose connections are dialled
// by a gateway's far side.
func web(t *testing.T, gw *gateway.Gateway, handler http.HandlerFunc) (url string, client *http.Client) {
	t.Helper()
	server := httptest.NewServer(handler)
	transport := &http.Transport{DialContext: gw.Dial}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		server.Close()
	})
	return server.URL, &http.Client{Transport: transport}
}

func TestDialCarriesHTTP(t *testing.T) {
	var mu sync.Mutex
	seen := map[string]bool{}
	url, client := web(t, open(t, "popen", nil), func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		seen[r.RemoteAddr] = true
		mu.Unlock()
		body, _ := io.ReadAll(r.Body)
		w.Write(bytes.Repeat(body, 2))
	})
	var asking sync.WaitGroup
	for i := range 10 {
		asking.Go(func() { // ends with the answers
			for j := range 5 {
				body := strings.Repeat(fmt.Sprint(i, j, ";"), 20_000)
				answer, err := client.Post(url, "text/plain", strings.NewReader(body))
				if err != nil {
					t.Error(err)
					return
				}
				got, err := io.ReadAll(answer.Body)
				answer.Body.Close()
				if string(got) != body+body || err != nil {
					t.Errorf("%d bytes came back for %d, %v", len(got), len(body), err)
				}
			}
		})
	}
	asking.Wait()
	if len(seen) == 0 || len(seen) > 50 {
		t.Errorf("there were connections from %v", seen)
	}
}

// The server answers never; the client's deadline is none of the gateway's.
func TestDialledConnectionEndsWithTheRequest(t *testing.T) {
	gw := open(t, "popen", nil)
	reached, gone := make(chan struct{}), make(chan struct{})
	url, client := web(t, gw, func(_ http.ResponseWriter, r *http.Request) {
		close(reached)
		<-r.Context().Done()
		close(gone)
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { // ends with the request
		<-reached
		cancel()
	}()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Do(request); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	<-gone
	if err := gw.Err(); err != nil {
		t.Errorf("the gateway ended: %v", err)
	}
}

// accepting takes one connection and gives its other end.
func accepting(t *testing.T) (address string, accepted <-chan net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	conns := make(chan net.Conn, 1)
	go func() { // ends with the listener
		if conn, err := l.Accept(); err == nil {
			t.Cleanup(func() { conn.Close() })
			conns <- conn
		}
	}()
	return l.Addr().String(), conns
}

func TestDialTellsTheAddressesOverThere(t *testing.T) {
	address, accepted := accepting(t)
	conn, err := open(t, "popen", nil).Dial(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	other := <-accepted
	if conn.RemoteAddr().String() != address || conn.LocalAddr().String() != other.RemoteAddr().String() || conn.LocalAddr().Network() != "tcp" {
		t.Errorf("from %v to %v", conn.LocalAddr(), conn.RemoteAddr())
	}
}

// G8: what was dialled through a far side ends with it, and says how.
func TestDialledConnectionEndsWithTheFarSide(t *testing.T) {
	address, accepted := accepting(t)
	gw := open(t, "popen", nil)
	conn, err := gw.Dial(t.Context(), "tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	other := <-accepted
	kill(t, gw)
	if _, err := conn.Read(make([]byte, 1)); !errors.Is(err, gateway.ErrLost) {
		t.Errorf("read: %v", err)
	}
	if _, err := other.Read(make([]byte, 1)); err == nil {
		t.Error("the other end is still there")
	}
}

func TestDialThatFails(t *testing.T) {
	address, _ := accepting(t)
	gw := open(t, "popen//id=over-there", nil)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx           context.Context
		address, want string
	}{
		"nobody":    {t.Context(), "127.0.0.1:1", "refused"},
		"no port":   {t.Context(), "nowhere", "missing port"},
		"ended ctx": {ended, address, "context canceled"},
	} {
		_, err := gw.Dial(c.ctx, "tcp", c.address)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "gateway over-there: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	eventually(t, func() bool { return status(t, gw).Channels == 1 }, func() any { return status(t, gw) })
	gw.Close()
	if _, err := gw.Dial(t.Context(), "tcp", address); !errors.Is(err, gateway.ErrClosed) {
		t.Errorf("of a closed gateway: %v", err)
	}
}

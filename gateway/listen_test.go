package gateway_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/farside-go/farside/gateway"
	"github.com/farside-go/farside/internal/farsidetest"
)

func listen(t *testing.T, gw *gateway.Gateway) net.Listener {
	t.Helper()
	l, err := gw.Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// A server here is reached by what connects over there.
func TestListenServesHTTP(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.Copy(w, r.Body)
		}))
		server.Listener.Close()
		server.Listener = listen(t, gw)
		server.Start()
		defer server.Close()
		client := &http.Client{Transport: &http.Transport{}}
		defer client.CloseIdleConnections()
		for range 3 {
			conn, err := net.Dial("tcp", server.Listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			conn.Close() // one that says nothing harms no other
			reply, err := client.Get(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			reply.Body.Close()
			if reply.StatusCode != http.StatusOK {
				t.Errorf("status %d", reply.StatusCode)
			}
		}
	})
}

func TestAcceptedConnectionOutlivesItsListener(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		l := listen(t, gw)
		there, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer there.Close()
		here, err := l.Accept()
		if err != nil {
			t.Fatal(err)
		}
		defer here.Close()
		if here.RemoteAddr().String() != there.LocalAddr().String() {
			t.Errorf("it comes from %v, not %v", here.RemoteAddr(), there.LocalAddr())
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		if conn, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("a closed listener accepts %v, %v", conn, err)
		}
		for _, c := range [][2]net.Conn{{here, there}, {there, here}} {
			if _, err := io.WriteString(c[0], "still here"); err != nil {
				t.Error(err)
			}
			got := make([]byte, 10)
			if _, err := io.ReadFull(c[1], got); err != nil || string(got) != "still here" {
				t.Errorf("got %q, %v", got, err)
			}
		}
	})
}

// What came in and was never accepted must not be left open over there.
func TestCloseOfAListenerEndsWhatNobodyAccepted(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		l := listen(t, gw)
		there, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer there.Close()
		l.Close()
		if _, err := there.Read(make([]byte, 1)); err == nil {
			t.Error("it was served")
		}
		farsidetest.Eventually(t, func() bool {
			conn, err := net.Dial("tcp", l.Addr().String())
			if err == nil {
				conn.Close()
			}
			return err != nil
		}, "it still listens")
	})
}

func TestCloseUnblocksAccept(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		tryAccept(t, listen(t, gw), func(l net.Listener) { l.Close() })
		tryAccept(t, listen(t, gw), func(net.Listener) { gw.Close() })
	})
}

// tryAccept ends something while Accept waits.
func tryAccept(t *testing.T, l net.Listener, end func(net.Listener)) {
	t.Helper()
	accepted := make(chan error, 1)
	go func() { // ends with what end ends
		_, err := l.Accept()
		accepted <- err
	}()
	end(l)
	if err := <-accepted; err == nil {
		t.Error("a connection came")
	}
}

func TestListenTellsWhatIsWrong(t *testing.T) {
	kinds(t, func(t *testing.T, gw *gateway.Gateway) {
		taken := listen(t, gw)
		if _, err := gw.Listen(t.Context(), "tcp", taken.Addr().String()); err == nil {
			t.Error("an address was taken twice")
		}
		if _, err := gw.Listen(t.Context(), "udp", "127.0.0.1:0"); err == nil {
			t.Error("it listens for datagrams")
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := gw.Listen(ctx, "tcp", "127.0.0.1:0"); !errors.Is(err, context.Canceled) {
			t.Errorf("with a ctx that has ended: %v", err)
		}
	})
}

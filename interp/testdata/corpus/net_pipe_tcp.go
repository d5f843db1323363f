//go:build ignore

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// A server answers each line with what handle makes of it.
type server struct {
	ln     net.Listener
	handle func(string) string
	wg     sync.WaitGroup
	mu     sync.Mutex
	seen   []string
}

func listen(handle func(string) string) (*server, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &server{ln: ln, handle: handle}
	s.wg.Go(s.accept)
	return s, nil
}

func (s *server) accept() {
	for {
		c, err := s.ln.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		s.wg.Go(func() { s.serve(c) })
	}
}

func (s *server) serve(c net.Conn) {
	defer c.Close()
	for sc := bufio.NewScanner(c); sc.Scan(); {
		s.mu.Lock()
		s.seen = append(s.seen, sc.Text())
		s.mu.Unlock()
		fmt.Fprintln(c, s.handle(sc.Text()))
	}
}

func (s *server) Close() { s.ln.Close(); s.wg.Wait() }

// A counted connection knows how much went through it.
type counted struct {
	net.Conn
	in, out int
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.in += n
	return n, err
}
func (c *counted) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.out += n
	return n, err
}

func main() {
	s, err := listen(func(l string) string {
		r := []rune(strings.ToUpper(l))
		slices.Reverse(r)
		return string(r)
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	conn, err := net.Dial("tcp", s.ln.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	c := &counted{Conn: conn}
	r := bufio.NewReader(c)
	for _, w := range []string{"hello", "wörld"} {
		fmt.Fprintln(c, w)
		line, err := r.ReadString('\n')
		fmt.Print(line, err, " ")
	}
	fmt.Println(c.in, c.out, c.RemoteAddr().String() == s.ln.Addr().String(), c.LocalAddr().Network())
	host, port, err := net.SplitHostPort(s.ln.Addr().String())
	fmt.Println(host, port != "", err, net.JoinHostPort("::1", "80"))

	c.SetReadDeadline(time.Now().Add(-time.Second))
	_, err = c.Read(make([]byte, 1))
	var ne net.Error
	fmt.Println(errors.Is(err, os.ErrDeadlineExceeded), errors.As(err, &ne) && ne.Timeout())
	c.SetReadDeadline(time.Time{})
	tcp := conn.(*net.TCPConn)
	tcp.CloseWrite()
	rest, err := io.ReadAll(r)
	fmt.Println(len(rest), err, c.Close(), errors.Is(c.Close(), net.ErrClosed))

	var wg sync.WaitGroup
	answers := make([]string, 8)
	for i := range answers {
		wg.Go(func() {
			c, err := net.Dial("tcp", s.ln.Addr().String())
			if err != nil {
				answers[i] = err.Error()
				return
			}
			defer c.Close()
			fmt.Fprintf(c, "c%d\n", i)
			answers[i], _ = bufio.NewReader(c).ReadString('\n')
		})
	}
	wg.Wait()
	s.Close()
	slices.Sort(s.seen)
	fmt.Printf("%q %v\n", answers, s.seen)
	_, err = net.Dial("tcp", s.ln.Addr().String())
	var op *net.OpError
	fmt.Println(errors.As(err, &op), op.Op, op.Net)

	a, b := net.Pipe()
	go func() {
		defer b.Close()
		buf := make([]byte, 4)
		for {
			n, err := b.Read(buf)
			if err != nil {
				return
			}
			fmt.Fprintf(b, "<%s>", buf[:n])
		}
	}()
	buf := make([]byte, 32)
	for _, t := range []string{"ab", "cd"} {
		a.Write([]byte(t))
		n, err := a.Read(buf)
		fmt.Print(string(buf[:n]), err, " ")
	}
	a.SetDeadline(time.Now())
	_, err = a.Write([]byte("x"))
	fmt.Println(err, a.Close(), a.LocalAddr())
	_, err = a.Read(buf)
	fmt.Println(err)
}

//go:build ignore

package main

import (
	"errors"
	"fmt"
	"net"
	"net/http/httptest"
	"net/rpc"
	"net/rpc/jsonrpc"
	"sort"
	"strings"
	"sync"
)

type Args struct{ A, B int }
type Quotient struct{ Quo, Rem int }

// Arith is served by its methods, which the library finds by reflection.
type Arith struct {
	mu    sync.Mutex
	calls map[string]int
}

func (a *Arith) count(name string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls[name]++
}
func (a *Arith) Multiply(args *Args, reply *int) error {
	a.count("Multiply")
	*reply = args.A * args.B
	return nil
}
func (a *Arith) Divide(args Args, q *Quotient) error {
	a.count("Divide")
	if args.B == 0 {
		return errors.New("divide by zero")
	}
	*q = Quotient{args.A / args.B, args.A % args.B}
	return nil
}
func (a *Arith) unexported(args Args, r *int) error { return nil }
func (a *Arith) TooFew(args Args) error             { return nil }

type Store map[string][]string

type Put struct {
	Key  string
	Vals []string
}

func (s Store) Put(p Put, total *int) error {
	s[p.Key] = append(s[p.Key], p.Vals...)
	*total = len(s[p.Key])
	return nil
}
func (s Store) Get(key string, out *map[string][]string) error {
	*out = map[string][]string{}
	for k, v := range s {
		if strings.HasPrefix(k, key) {
			(*out)[k] = v
		}
	}
	return nil
}

type greeter string

func (g greeter) Hello(name string, out *string) error {
	*out = string(g) + ", " + name
	return nil
}

func main() {
	arith := &Arith{calls: map[string]int{}}
	srv := rpc.NewServer()
	fmt.Println(srv.Register(arith), srv.RegisterName("S", Store{}), srv.RegisterName("Greet", greeter("hello")))
	fmt.Println(srv.Register(struct{}{}) != nil, srv.RegisterName("S", Store{}))

	a, b := net.Pipe()
	go srv.ServeConn(b)
	c := rpc.NewClient(a)
	var n int
	fmt.Println(c.Call("Arith.Multiply", Args{6, 7}, &n), n)
	var q Quotient
	fmt.Println(c.Call("Arith.Divide", &Args{17, 5}, &q), q)
	err := c.Call("Arith.Divide", Args{1, 0}, &q)
	var se rpc.ServerError
	fmt.Println(err, errors.As(err, &se))
	for _, m := range []string{"Arith.unexported", "Arith.TooFew", "Nobody.Home", "nodot"} {
		fmt.Println(c.Call(m, Args{}, &n))
	}
	fmt.Println(c.Call("Arith.Multiply", struct{ A string }{"x"}, &n) != nil)

	done := make(chan *rpc.Call, 10)
	for i := range 5 {
		c.Go("Arith.Multiply", &Args{i, i}, new(int), done)
	}
	var squares []int
	for range 5 {
		call := <-done
		squares = append(squares, *call.Reply.(*int))
	}
	sort.Ints(squares)
	fmt.Println(squares)
	var total int
	c.Call("S.Put", Put{"ka", []string{"x", "y"}}, &total)
	c.Call("S.Put", Put{"kb", nil}, &total)
	c.Call("S.Put", Put{"ka", []string{"z"}}, &total)
	var out map[string][]string
	fmt.Println(total, c.Call("S.Get", "k", &out), out["ka"], len(out))
	var s string
	fmt.Println(c.Call("Greet.Hello", "ann", &s), s)
	fmt.Println(c.Close(), c.Call("Greet.Hello", "x", &s) == rpc.ErrShutdown)

	a, b = net.Pipe()
	go srv.ServeCodec(jsonrpc.NewServerCodec(b))
	jc := jsonrpc.NewClient(a)
	fmt.Println(jc.Call("Arith.Divide", Args{9, 4}, &q), q)
	fmt.Println(jc.Call("Arith.Divide", Args{9, 0}, &q))
	fmt.Println(jc.Call("S.Get", "ka", &out), out)
	jc.Close()
	a, b = net.Pipe()
	go srv.ServeCodec(jsonrpc.NewServerCodec(b))
	fmt.Fprint(a, `{"method":"Greet.Hello","params":["raw"],"id":7}`)
	buf := make([]byte, 100)
	k, _ := a.Read(buf)
	fmt.Println(strings.TrimSpace(string(buf[:k])))
	a.Close()

	web := httptest.NewServer(srv)
	defer web.Close()
	conn, err := net.Dial("tcp", web.Listener.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Fprint(conn, "CONNECT "+rpc.DefaultRPCPath+" HTTP/1.0\r\n\r\n")
	buf = make([]byte, len("HTTP/1.0 200 Connected to Go RPC\n\n"))
	conn.Read(buf)
	hc := rpc.NewClient(conn)
	fmt.Println(strings.TrimSpace(string(buf)), hc.Call("Arith.Multiply", Args{2, 3}, &n), n, hc.Close())
	arith.mu.Lock()
	fmt.Println(arith.calls)
	arith.mu.Unlock()
}

//go:build ignore

package main

import "fmt"

type message struct {
	text  string
	reply chan string
}
type signal struct{}
type stream chan<- int

func produce(n int) <-chan int {
	ch := make(chan int)
	go func() {
		defer close(ch)
		for i := range n {
			ch <- i * i
		}
	}()
	return ch
}

func square(in <-chan int, out chan<- int) {
	for v := range in {
		out <- v * v
	}
	close(out)
}

func server(requests <-chan message) {
	for m := range requests {
		m.reply <- "re: " + m.text
	}
}

func filter(in <-chan int, prime int) <-chan int {
	out := make(chan int)
	go func() {
		for v := range in {
			if v%prime != 0 {
				out <- v
			}
		}
		close(out)
	}()
	return out
}

func main() {
	ch := make(chan int, 3)
	fmt.Println(len(ch), cap(ch), ch == nil)
	ch <- 1
	ch <- 2
	fmt.Println(len(ch), <-ch, len(ch))
	close(ch)
	v, ok := <-ch
	fmt.Println(v, ok)
	v, ok = <-ch
	w, ok2 := <-ch
	fmt.Println(v, ok, w, ok2, len(ch))

	total := 0
	for v := range produce(5) {
		total += v
	}
	out := make(chan int)
	go square(produce(4), out)
	for v := range out {
		fmt.Print(v, " ")
	}
	fmt.Println(total)

	reqs := make(chan message)
	go server(reqs)
	for _, s := range []string{"a", "b"} {
		m := message{s, make(chan string)}
		reqs <- m
		fmt.Print(<-m.reply, "; ")
	}
	close(reqs)
	fmt.Println()

	numbers := make(chan int)
	go func() {
		for i := 2; i < 40; i++ {
			numbers <- i
		}
		close(numbers)
	}()
	var in <-chan int = numbers
	for {
		p, ok := <-in
		if !ok {
			break
		}
		fmt.Print(p, " ")
		in = filter(in, p)
	}
	fmt.Println()

	// Channels of channels, of functions, of any, of arrays; comparison; nil.
	cc := make(chan chan string, 1)
	c := make(chan string, 1)
	cc <- c
	c <- "through"
	fmt.Println(<-<-cc)
	fn := make(chan func(int) int, 2)
	fn <- func(n int) int { return n + 1 }
	fn <- func(n int) int { return n * 10 }
	fmt.Println((<-fn)(1), (<-fn)(2))
	anys := make(chan any, 3)
	anys <- nil
	anys <- [2]int{1, 2}
	anys <- anys
	fmt.Println(<-anys, <-anys, (<-anys).(chan any) == anys)
	errs := make(chan error, 1)
	errs <- nil
	err, more := <-errs
	fmt.Println(err == nil, more)
	var send stream = make(chan int, 1)
	send <- 5
	done := make(chan signal)
	go func() { defer close(done) }()
	_, open := <-done
	fmt.Println(len(send), open, (chan int)(nil) == nil)
	a := make(chan int)
	b := a
	var ro <-chan int = a
	fmt.Println(a == b, ro == a, a == make(chan int), cap((chan int)(nil)))
	fmt.Printf("%T %T %T %T\n", ro, send, cc, make(chan (<-chan int)))

	ping, pong := make(chan int), make(chan int)
	go func() {
		for n := range ping {
			pong <- n + 1
		}
		close(pong)
	}()
	n := 0
	for n < 10 {
		ping <- n
		n = <-pong
	}
	close(ping)
	_, ok = <-pong
	fmt.Println(n, ok)
	results := [3]chan int{}
	for i := range results {
		results[i] = make(chan int, 1)
		go func() { results[i] <- i * 100 }()
	}
	fmt.Println(<-results[0], <-results[1], <-results[2])
	m := map[string]chan int{"x": make(chan int, 1)}
	m["x"] <- 3
	*(&total) = <-m["x"]
	s := []int{<-produce(1), 0}
	s[1], ok = <-produce(0)
	fmt.Println(total, s, ok)
}

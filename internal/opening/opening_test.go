package opening_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/store"
)

var (
	program = []byte(strings.Repeat("#!/bin/sh\necho this is a worker\n", 20_000))
	hash    = hashOf(program)
)

// P17: the lines as bytes, so that two sides cannot be wrong in the same way.
func TestLinesAsBytes(t *testing.T) {
	host := newHost(t)
	check(t, host.Store.Put(hash, strings.NewReader(string(program))))
	host.Version, host.Own = "v1", &opening.Own{Path: "/own", Hash: "own"}
	near, far := net.Pipe()
	result := serve(host, far)
	answers := relay.Buffered(near)
	system := "arch=" + runtime.GOARCH + " holds=" + hash + " os=" + runtime.GOOS + " own=own "
	for _, said := range []struct{ line, want string }{
		{"farside 1 token=a+token+of+the+tests", "farside 1 " + system + "state=wanted version=v1\n"},
		{"farside 1 future=field worker=" + strings.Repeat("0", 64), "farside 1 " + system + "state=wanted version=v1\n"},
		{"farside 1 worker=" + hash, "farside 1 " + system + "state=started version=v1\n"},
	} {
		io.WriteString(near, said.line+"\n")
		if got, err := answers.ReadString('\n'); got != said.want {
			t.Errorf("to %q it says %q, %v; want %q", said.line, got, err, said.want)
		}
	}
	near.Close()
	check(t, (<-result).err)
}

// S1
func TestTokens(t *testing.T) {
	for name, c := range map[string]struct{ want, shown, refused string }{
		"right":    {token, token, ""},
		"none":     {token, "", "none was shown"},
		"wrong":    {token, "another token of tests", "wrong"},
		"shorter":  {token, token[:len(token)-1], "wrong"},
		"longer":   {token, token + "x", "wrong"},
		"case":     {token, strings.ToUpper(token), "wrong"},
		"unasked":  {"", "", ""},
		"needless": {"", token, ""},
	} {
		t.Run(name, func(t *testing.T) {
			host := newHost(t)
			host.Token = c.want
			client, _, _ := visit(t, host, c.shown)
			answer, err := client.Ask(hash)
			if c.refused != "" {
				wantRefused(t, err, opening.StageAuthenticate, c.refused)
				return
			}
			if err != nil || answer.Started || answer.OS != runtime.GOOS || answer.Arch != runtime.GOARCH {
				t.Errorf("got %+v, %v", answer, err)
			}
		})
	}
}

// S2: nothing is done for one who has not shown who it is.
func TestWelcomeComesBetweenTokenAndWorker(t *testing.T) {
	full := &opening.RefusedError{Stage: opening.StageStart, Reason: "full"}
	for shown, want := range map[string]int{"wrong": 0, token: 1} {
		host := newHost(t)
		check(t, host.Store.Put(hash, strings.NewReader(string(program))))
		conn := &said{from: strings.NewReader(request(map[string]string{"token": shown, "worker": hash}))}
		welcomed := 0
		worker, err := host.Open(conn, relay.Buffered(conn), func(*opening.Ticket) error { welcomed++; return full })
		if worker != nil || err == nil || welcomed != want {
			t.Errorf("token %q was welcomed %d times: %v, %v", shown, welcomed, worker, err)
		}
		if want == 1 && !errors.Is(err, full) {
			t.Errorf("got %v", err)
		}
	}
}

// B2
func TestWorkerIsSentOnce(t *testing.T) {
	host := newHost(t)
	client, near, result := visit(t, host, token)
	answer, err := client.Ask(hash)
	if err != nil || answer.Started || answer.Has(hash) {
		t.Fatalf("got %+v, %v", answer, err)
	}
	var done []int64
	answer, err = client.Upload(hash, file(t, program), func(n int64) { done = append(done, n) })
	if err != nil || !answer.Started || !answer.Has(hash) {
		t.Fatalf("got %+v, %v", answer, err)
	}
	if len(done) == 0 || done[len(done)-1] != int64(len(program)) {
		t.Errorf("of %d bytes it told %v", len(program), done)
	}
	near.Close()
	first := <-result
	if stored, err := os.ReadFile(first.path); string(stored) != string(program) || first.hash != hash {
		t.Errorf("stored are %d bytes: %v", len(stored), err)
	}
	client, near, result = visit(t, host, token)
	if answer, err := client.Ask(hash); err != nil || !answer.Started {
		t.Errorf("the second time: %+v, %v", answer, err)
	}
	near.Close()
	if second := <-result; second.path != first.path {
		t.Errorf("from %s and then %s", first.path, second.path)
	}
}

// B2: it says that it has it, sees that it has not, and takes it anew.
func TestDamagedWorkerIsSentAgain(t *testing.T) {
	host := newHost(t)
	check(t, host.Store.Put(hash, strings.NewReader(string(program))))
	stored, err := host.Store.Use(hash)
	check(t, err)
	stored.Release()
	check(t, os.WriteFile(stored.Path, []byte("damaged"), 0o700))
	client, near, result := visit(t, host, token)
	if answer, err := client.Ask(hash); err != nil || answer.Started || answer.Has(hash) {
		t.Fatalf("got %+v, %v", answer, err)
	}
	if answer, err := client.Upload(hash, file(t, program), nil); err != nil || !answer.Started {
		t.Fatalf("got %+v, %v", answer, err)
	}
	near.Close()
	check(t, (<-result).err)
	if now, _ := os.ReadFile(stored.Path); string(now) != string(program) {
		t.Error("it is damaged still")
	}
}

func TestOwnWorkerNeedsNoStore(t *testing.T) {
	host := newHost(t)
	host.Own = &opening.Own{Path: "/own/worker", Hash: hash}
	client, near, result := visit(t, host, token)
	if answer, err := client.Ask(hash); err != nil || !answer.Started || answer.Own != hash || !answer.Has(hash) {
		t.Errorf("got %+v, %v", answer, err)
	}
	near.Close()
	if got := <-result; got.path != "/own/worker" {
		t.Errorf("got %+v", got)
	}
	wantHeld(t, host)
}

func TestTwoSendTheSameWorkerAtOnce(t *testing.T) {
	host := newHost(t)
	var sending sync.WaitGroup
	for range 2 {
		client, near, result := visit(t, host, token)
		sending.Go(func() { // ends with the upload
			defer near.Close()
			if answer, err := client.Upload(hash, file(t, program), nil); err != nil || !answer.Started {
				t.Errorf("got %+v, %v", answer, err)
			}
			near.Close()
			if got := <-result; got.err != nil || got.rest != "" {
				t.Errorf("got %+v", got)
			}
		})
	}
	sending.Wait()
	wantHeld(t, host, hash)
}

// A near side that knows what it wants need not wait for answers.
func TestNearSideThatDoesNotWait(t *testing.T) {
	for name, there := range map[string]bool{"to be sent": false, "there already": true} {
		t.Run(name, func(t *testing.T) {
			host := newHost(t)
			if there {
				check(t, host.Store.Put(hash, strings.NewReader(string(program))))
			}
			near, far := net.Pipe()
			result := serve(host, far)
			said := make(chan error, 1)
			go func() { // ends with the connection
				_, err := io.WriteString(near, request(map[string]string{"token": token})+upload(hash, packed(t, program))+"the worker's hello\n")
				said <- err
			}()
			answers := relay.Buffered(near)
			for _, want := range []string{"wanted", "started"} {
				if answer, err := hello.ReadOpening(answers); err != nil || answer.Fields["state"] != want {
					t.Fatalf("got %v, %v", answer, err)
				}
			}
			if err := <-said; err != nil {
				t.Error(err)
			}
			near.Close()
			if got := <-result; got.err != nil || got.rest != "the worker's hello\n" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// What a near side of tomorrow says must not end in a guess.
func TestAnswersThatAreNone(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "ended before its hello",
		"HTTP/1.1 400 Bad Request\r\n":  "not farside",
		"farside 2 state=started\n":     `version 2`,
		"farside 1\n":                   "state",
		"farside 1 state=maybe\n":       `state "maybe" that this side does not know`,
		"farside 1 state=started":       "in the middle of its hello",
		"farside 1 error=no+room\n":     "the server refused: no room",
		strings.Repeat("x", 100):        "not farside",
		"farside 1 a=" + longer + "b\n": "over the limit",
	} {
		client := opening.NewClient(&said{from: strings.NewReader(text)}, "")
		answer, err := client.Ask(hash)
		if answer != nil {
			t.Errorf("%.40q is taken for %+v", text, answer)
		}
		wantError(t, err, want)
	}
}

var longer = strings.Repeat("x", hello.Max)

// Its own word says more than that it cannot be written to.
func TestRefusalOfAServerThatDoesNotRead(t *testing.T) {
	deaf := &said{from: strings.NewReader("farside 1 error=full stage=start\n"), broken: io.ErrClosedPipe}
	_, err := opening.NewClient(deaf, token).Ask(hash)
	wantRefused(t, err, opening.StageStart, "the server refused: full")
	deaf = &said{from: strings.NewReader("farside 1 error=full stage=start\n"), broken: io.ErrClosedPipe}
	_, err = opening.NewClient(deaf, token).Upload(hash, file(t, program), nil)
	wantRefused(t, err, opening.StageStart, "the server refused: full")
	mute := &said{from: strings.NewReader(""), broken: io.ErrClosedPipe}
	_, err = opening.NewClient(mute, token).Ask(hash)
	wantError(t, err, "ended before its hello")
}

// The token is shown to one who asked for it, and once.
func TestTokenIsToldOnce(t *testing.T) {
	conn := &said{from: strings.NewReader("farside 1 state=wanted\nfarside 1 state=started\n")}
	client := opening.NewClient(conn, token)
	for range 2 {
		_, err := client.Ask(hash)
		check(t, err)
	}
	if n := strings.Count(conn.heard.String(), "token="); n != 1 {
		t.Errorf("it was told %d times", n)
	}
}

// a file that cannot be read while it is sent must not look like the server's doing.
func TestWorkerThatCannotBeReadOnTheNearSide(t *testing.T) {
	host := newHost(t)
	client, near, result := visit(t, host, token)
	gone := file(t, program)
	gone.Close()
	uploaded := make(chan error, 1)
	go func() { // ends with the connection
		_, err := client.Upload(hash, gone, nil)
		uploaded <- err
	}()
	wantError(t, <-uploaded, "send the worker")
	near.Close()
	wantError(t, (<-result).err, "are another program") // it was not left waiting
	wantHeld(t, host)
}

// B2: a server that refuses need not take in all that is on its way.
func TestRefusalInTheMiddleOfAnUpload(t *testing.T) {
	near, far := net.Pipe()
	defer far.Close()
	defer near.Close()
	go func() { // ends with the line
		hello.ReadOpening(relay.Buffered(far))
		io.WriteString(far, "farside 1 error=full stage=upload\n")
	}()
	_, err := opening.NewClient(near, "").Upload(hash, file(t, incompressible()), nil)
	wantRefused(t, err, opening.StageUpload, "full")
}

func incompressible() []byte {
	noise := make([]byte, 1<<20)
	rand.NewChaCha8([32]byte{}).Read(noise)
	return noise
}

func TestHashesInTheAnswerAreBounded(t *testing.T) {
	kept := newHost(t).Store
	host := &opening.Host{Store: kept}
	for i := range 300 {
		small := []byte{byte(i), byte(i >> 8)}
		check(t, kept.Put(hashOf(small), strings.NewReader(string(small))))
	}
	client, _, _ := visit(t, host, "")
	answer, err := client.Ask(hash)
	if err != nil || len(answer.Holds) != 256 || !store.IsHash(answer.Holds[255]) {
		t.Errorf("told %d: %v", len(answer.Holds), err)
	}
}

package opening_test

import (
	"bytes"
	"io"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/opening"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/store"
)

// said is a connection from which something comes, and then its end.
type said struct {
	net.Conn
	from   io.Reader
	heard  bytes.Buffer
	broken error // it cannot be written to
	n      int   // bytes read of it
}

func (s *said) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	s.n += n
	return n, err
}

func (s *said) Write(p []byte) (int, error) {
	if s.broken != nil {
		return 0, s.broken
	}
	return s.heard.Write(p)
}

func (*said) SetDeadline(time.Time) error { return nil }

// hear opens for a near side that says something and goes.
func hear(host *opening.Host, from io.Reader) (*opening.Worker, *said, error) {
	conn := &said{from: from}
	worker, err := host.Open(conn, relay.Buffered(conn), func(*opening.Ticket) error { return nil })
	return worker, conn, err
}

// B2, S5: each is refused at the upload, and nothing of it stays.
func TestBadUploads(t *testing.T) {
	unpacked := bytes.Repeat([]byte("0123456789abcdef"), 4<<20)
	good := packed(t, program)
	for name, c := range map[string]struct{ text, want string }{
		"hash of another":   {upload(hashOf([]byte("x")), good), "are another program"},
		"no hash":           {upload("worker", good), `"worker" is no hash of a worker`},
		"a path for a hash": {upload("../../../../../../../../../../../../../../../../../../../etc/passwd", good), "is no hash"},
		"a long hash":       {upload(strings.Repeat("a", 10_000), good), "is no hash"},
		"upper case":        {upload(strings.ToUpper(hash), good), "is no hash"},
		"other packing":     {request(map[string]string{"token": token, "worker": hash, "upload": "brotli"}) + records(good), `packed as "brotli" cannot be unpacked here, only zstd`},
		"not packed":        {upload(hash, program), "invalid input"},
		"nothing":           {upload(hash, nil), "are another program"},
		"truncated":         {upload(hash, good[:len(good)-1]), "unexpected EOF"},
		"bytes behind":      {upload(hash, append(bytes.Clone(good), 1, 2, 3, 4)), "after"},
		"bomb":              {upload(hashOf(unpacked), packed(t, unpacked)), "larger than the 1048576 bytes"},
		"large window":      {upload(hash, packed(t, unpacked, zstd.WithWindowSize(64<<20))), "window size exceeded"},
		"other records":     {request(map[string]string{"token": token, "worker": hash, "upload": "zstd"}) + "\x03\x00\x00\x02\x01x", "has no place here"},
		"no records":        {request(map[string]string{"token": token, "worker": hash, "upload": "zstd"}) + string(good), "none that this side knows"},
	} {
		t.Run(name, func(t *testing.T) {
			host := newHost(t)
			worker, _, err := hear(host, strings.NewReader(c.text))
			if worker != nil {
				t.Errorf("it is taken for %+v", worker)
			}
			wantRefused(t, err, opening.StageUpload, c.want)
			if err != nil && len(err.Error()) > 600 {
				t.Errorf("the error quotes much of it: %d bytes", len(err.Error()))
			}
			wantHeld(t, host)
		})
	}
}

// S5: some kilobytes that unpack to gigabytes are read no farther than they may
// unpack.
func TestBombIsCut(t *testing.T) {
	host := newHost(t)
	one := packed(t, make([]byte, 16<<20)) // frames may follow each other
	bomb := bytes.Repeat(one, 256)
	_, conn, err := hear(host, strings.NewReader(upload(hash, bomb)))
	wantRefused(t, err, opening.StageUpload, "larger than")
	if conn.n >= len(bomb)/2 || len(bomb) > 1<<20 {
		t.Errorf("of %d bytes %d were read", len(bomb), conn.n)
	}
	wantHeld(t, host)
}

// B2: a connection may break anywhere.
func TestUploadCutAnywhereLeavesNothing(t *testing.T) {
	host := newHost(t)
	small := []byte("a small worker, or it takes long")
	whole := upload(hashOf(small), packed(t, small))
	for n := range len(whole) {
		worker, _, err := hear(host, strings.NewReader(whole[:n]))
		if worker != nil || err == nil {
			t.Fatalf("cut after %d bytes: %+v, %v", n, worker, err)
		}
		if n < len(whole)-len("\x02\x00\x00\x00") { // else it came whole, and is what its hash says
			wantHeld(t, host)
		}
	}
	worker, _, err := hear(host, strings.NewReader(whole))
	check(t, err)
	worker.Release()
	wantHeld(t, host, hashOf(small))
}

// S5
func TestRequestsThatAreNone(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":       {"", "ended before its hello"},
		"HTTP":          {"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "not farside"},
		"TLS":           {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "not farside"},
		"other version": {"farside 2 token=x\n", `version 2`},
		"token twice":   {"farside 1 token=x token=y\n", `"token" twice`},
		"1 GB":          {"", "over the limit"},
	} {
		t.Run(name, func(t *testing.T) {
			from := io.Reader(strings.NewReader(c.text))
			if name == "1 GB" {
				from = io.LimitReader(io.MultiReader(strings.NewReader("farside 1 token="), xs{}), 1<<30)
			}
			_, conn, err := hear(newHost(t), from)
			wantError(t, err, c.want)
			if conn.n > 3*hello.Max {
				t.Errorf("%d bytes were read", conn.n)
			}
		})
	}
}

type xs struct{}

func (xs) Read(p []byte) (int, error) { return copy(p, bytes.Repeat([]byte("x"), len(p))), nil }

// S4: the token is in no error, also not in part.
func TestErrorsDoNotTellTheToken(t *testing.T) {
	for _, line := range []string{"farside 1 token=SECRET%zz\n", "farside 1 token=SECRET worker=a\n", "farside 1 token=SECRET"} {
		_, _, err := hear(newHost(t), strings.NewReader(line))
		if err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%q: %v", line, err)
		}
	}
}

// S2: one that has shown who it is may think, but not for ever; nor may it fall
// silent in the middle of a worker.
func TestSilentNearSideIsGivenUp(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		bound time.Duration
	}{
		"after the answer":           {request(map[string]string{"token": token}), 5 * time.Minute},
		"in the middle of an upload": {upload(hash, packed(t, program))[:180], 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			host := newHost(t)
			synctest.Test(t, func(t *testing.T) {
				near, far := net.Pipe()
				defer near.Close()
				begun := time.Now()
				result := serve(host, far)
				go io.Copy(io.Discard, near) // ends with the connection
				io.WriteString(near, c.text)
				got := <-result
				wantError(t, got.err, "i/o timeout")
				if waited := time.Since(begun); waited != c.bound {
					t.Errorf("it waited %v", waited)
				}
			})
			wantHeld(t, host)
		})
	}
}

// A slow line is no silent one.
func TestSlowUploadIsTaken(t *testing.T) {
	host := newHost(t)
	whole := upload(hash, packed(t, program))
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		result := serve(host, far)
		go io.Copy(io.Discard, near) // ends with the connection
		for _, b := range []byte(whole) {
			time.Sleep(29 * time.Second)
			near.Write([]byte{b})
		}
		near.Close()
		check(t, (<-result).err)
	})
	wantHeld(t, host, hash)
}

func FuzzHost(f *testing.F) {
	small := []byte("small")
	for _, seed := range []string{
		"", request(map[string]string{"token": token}), request(map[string]string{"token": "x"}), upload(hashOf(small), packed(f, small)),
		request(map[string]string{"token": token, "worker": hash}) + request(map[string]string{"worker": hash}), upload(hash, []byte("\x28\xb5\x2f\xfd")),
	} {
		f.Add([]byte(seed))
	}
	kept, err := store.Open(f.TempDir()+"/workers", &store.Options{MaxProgram: 4 << 10})
	check(f, err)
	f.Fuzz(func(t *testing.T, text []byte) {
		host := &opening.Host{Token: token, Store: kept}
		worker, conn, err := hear(host, bytes.NewReader(text))
		switch {
		case (worker == nil) != (err != nil):
			t.Fatalf("got %+v, %v", worker, err)
		case worker != nil:
			worker.Release()
			if !store.IsHash(worker.Hash) || !bytes.Contains(text, []byte(worker.Hash)) {
				t.Errorf("got %+v", worker)
			}
		}
		if !bytes.Contains(text, []byte("token")) && conn.heard.Len() > 0 {
			t.Errorf("without a token it was answered %q", conn.heard.String())
		}
	})
}

func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		"farside 1 state=started\nrest", "farside 1 error=x stage=upload\n", "farside 1 state=wanted holds=a%2Cb os=linux arch=amd64 own=x\n", "farside 1 state=\n", "",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		client := opening.NewClient(&said{from: bytes.NewReader(text)}, token)
		answer, err := client.Ask(hash)
		if (answer == nil) != (err != nil) {
			t.Fatalf("got %+v, %v", answer, err)
		}
		if err != nil {
			return
		}
		rest, _ := io.ReadAll(client.Rest())
		if line, behind, _ := bytes.Cut(text, []byte("\n")); !bytes.Equal(behind, rest) || answer.Started && !bytes.Contains(line, []byte("st")) {
			t.Errorf("%q: %+v, then %q", text, answer, rest)
		}
	})
}

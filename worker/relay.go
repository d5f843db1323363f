package worker

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/relay"
	"github.com/farside-go/farside/internal/store"
)

// printSum prints the hash of a worker's file: this process's own, unless that is a
// script which started this one.
func printSum(path string) int {
	file, err := os.Open(path)
	if err == nil {
		defer file.Close()
		sum := sha256.New()
		if _, err = io.Copy(sum, file); err == nil {
			fmt.Println(hex.EncodeToString(sum.Sum(nil)))
			return 0
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// relayProcess starts the worker that stage zero asks for and relays its wire over
// this process's standard input and output. It ends with the worker, or when the
// stream does, with the worker.
func relayProcess(order string) int {
	keepWritingToClosedPipes()
	parts := strings.SplitN(order, ":", 3)
	if len(parts) != 3 {
		fmt.Fprintf(os.Stderr, "worker: relay: the order %q is not MARK:STAY:PATH\n", order)
		return 2
	}
	mark, once, path := parts[0], parts[1] != "", parts[2]
	near, err := standardStreams()
	if err != nil {
		fmt.Fprintf(os.Stderr, "worker: relay: the standard input and output: %v\n", err)
		return 2
	}
	relayed, err := relay.Start(near, path, nil, func() error {
		if once {
			os.Remove(path)
			os.Remove(filepath.Dir(path))
		}
		started := &hello.Line{Version: hello.Opening, Fields: map[string]string{"state": "started"}}
		_, err := io.WriteString(near, mark+" "+started.String())
		return err
	})
	if err != nil {
		fmt.Fprintf(os.Stderr, "worker: relay: %v\n", err)
		return 2
	}
	held := make(chan func(), 1)
	go func() { held <- hold(path, once) }() // ends soon; nobody waits for it before the worker has ended
	relayed.Ended = func() { (<-held)() }
	relayed.Serve(relay.Buffered(near))
	return 0
}

// hold keeps the folder of workers bounded, of which nobody else takes care where no
// socket server runs, and the worker in it. What cannot be done is left to the next.
func hold(path string, once bool) (release func()) {
	if !once {
		if release, err := store.Hold(path, nil); err == nil {
			return release
		}
	}
	return func() {}
}

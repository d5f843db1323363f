package main

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"github.com/farside-go/farside/gateway"
)

// told is what is printed, where nobody looks, of an upload of 10 MB in steps.
func told(t *testing.T, steps int, step time.Duration) string {
	var out bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		bar := newUploadBar(&terminal{err: &out})
		const total = 10_000_000
		for i := range steps {
			bar.show(gateway.Progress{ID: "gw0", What: "sending the worker", Done: int64(total / steps * (i + 1)), Total: total})
			time.Sleep(step)
		}
		bar.end()
	})
	return out.String()
}

func TestQuickUploadIsNotTold(t *testing.T) {
	if text := told(t, 4, 100*time.Millisecond); text != "" {
		t.Errorf("it prints %q", text)
	}
	if text := told(t, 0, 0); text != "" {
		t.Errorf("without an upload it prints %q", text)
	}
}

// Where nobody looks, a bar that is drawn again and again would fill a log.
func TestSlowUploadIsTwoLinesWithoutATerminal(t *testing.T) {
	text := told(t, 100, 50*time.Millisecond)
	want := "farside: sending the worker to gw0, 10.0 MB\nfarside: sent 10.0 MB in 5s\n"
	if text != want {
		t.Errorf("it prints %q, want %q", text, want)
	}
}

func TestBarGrows(t *testing.T) {
	begun := time.Now()
	bar := &uploadBar{begun: begun}
	for done, want := range map[int64]string{
		0: "sending the worker to x [                        ] 0.0 MB of 8.0 MB, 0.0 MB/s",
		4: "sending the worker to x [============            ] 4.0 MB of 8.0 MB, 2.0 MB/s",
		8: "sending the worker to x [========================] 8.0 MB of 8.0 MB, 4.0 MB/s",
	} {
		bar.last = gateway.Progress{ID: "x", What: "sending the worker", Done: done * 1e6, Total: 8e6}
		if got := bar.line(begun.Add(2 * time.Second)); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
	bar.last = gateway.Progress{ID: "x", What: "compiling x"}
	if got := bar.line(begun.Add(time.Second)); got != "compiling x" {
		t.Errorf("of what has no size: %q", got)
	}
}

// Each thing has its own time, and one that tells nothing more is shown all the same.
func TestWhatTakesLongIsTold(t *testing.T) {
	var out bytes.Buffer
	synctest.Test(t, func(t *testing.T) {
		bar := newUploadBar(&terminal{err: &out})
		bar.show(gateway.Progress{ID: "gw0", What: "compiling a"})
		time.Sleep(400 * time.Millisecond)
		bar.show(gateway.Progress{ID: "gw0", What: "compiling b"})
		time.Sleep(2 * time.Second)
		bar.show(gateway.Progress{ID: "gw0", What: "sending b", Done: 1e6, Total: 1e6})
		time.Sleep(400 * time.Millisecond)
		bar.end()
	})
	if got, want := out.String(), "farside: compiling b\nfarside: that took 2s\n"; got != want {
		t.Errorf("it prints %q, want %q", got, want)
	}
}

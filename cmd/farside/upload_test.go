package main

import (
	"bytes"
	"strings"
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
			bar.show(gateway.Progress{ID: "gw0", Done: int64(total / steps * (i + 1)), Total: total})
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
		bar.last = gateway.Progress{ID: "x", Done: done * 1e6, Total: 8e6}
		if got := bar.line(begun.Add(2 * time.Second)); got != want {
			t.Errorf("got  %q\nwant %q", got, want)
		}
	}
	bar.last = gateway.Progress{ID: "x"}
	if got := bar.line(begun.Add(time.Second)); !strings.Contains(got, "0.0 MB of 0.0 MB") {
		t.Errorf("of nothing: %q", got)
	}
}

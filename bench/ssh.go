package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/farside-go/farside/gateway"
)

// sshFigures are those of SSH gateways. Their floor is OpenSSH's own client, with the
// same keys and to the same servers. Cold is a far side without the worker.
func sshFigures(peer *execnet, h *hosts) []figure {
	return []figure{
		{
			work: "ssh: open, first result", unit: "ms",
			floor: h.plainSSH("far0"), farside: firstResult(h.open("far0"), "return 1"), execnet: peer.of("ssh", 10),
			reach:   "<= 1.5 ssh host true, 0.5 execnet",
			reached: func(ssh, fs, ex float64) bool { return fs <= 1.5*ssh && fs <= 0.5*ex },
		},
		{
			work: "ssh: round trips until then", unit: "",
			floor: h.tripsOfSSH, farside: h.trips,
			reach:   "<= 3 more",
			reached: func(ssh, fs, _ float64) bool { return fs <= ssh+3 },
		},
		{
			work: "ssh: 50 hosts at once, first results", unit: "ms",
			floor: h.manySSH, farside: h.many,
			reach:   "<= 2 of 50 ssh",
			reached: func(ssh, fs, _ float64) bool { return fs <= 2*ssh },
		},
		{
			work: "ssh: 256 KiB items one way", unit: "GB/s",
			floor: h.bulkSSH, farside: oneWay(h.open("far0"), sinkSource, 2000, make([]byte, blockSize), blockSize/1e9),
			reach:   ">= 0.7 ssh host 'cat >/dev/null'",
			reached: func(ssh, fs, _ float64) bool { return fs >= 0.7*ssh },
		},
		{
			work: "ssh: cold open on the wire", unit: "MB",
			farside: h.coldBytes(""),
			reach:   "<= 9 MB",
			reached: func(_, fs, _ float64) bool { return fs <= 9 },
		},
		{
			work: "the same, lean worker", unit: "MB",
			farside: h.coldBytes("//lean"),
			reach:   "<= 2 MB",
			reached: func(_, fs, _ float64) bool { return fs <= 2 },
		},
		{
			work: "ssh: cold open, 100 ms and 100 Mbit/s", unit: "ms",
			floor: h.scp, farside: h.coldOpen,
			reach:   "<= 1.5 scp + 1 s",
			reached: func(scp, fs, _ float64) bool { return fs <= 1.5*scp+1000 },
		},
	}
}

func (h *hosts) spec(name string) string {
	return "ssh=" + name + "//ssh_config=" + h.path("config") + "//worker=" + h.path("workers")
}

// open opens a gateway to a host.
func (h *hosts) open(name string) opener {
	return func() (*gateway.Gateway, error) { return gateway.Open(context.Background(), h.spec(name), nil) }
}

// ssh runs a command over there.
func (h *hosts) ssh(name, command string) *exec.Cmd {
	return exec.Command("ssh", "-F", h.path("config"), name, command)
}

// plainSSH gives milliseconds for ssh host true.
func (h *hosts) plainSSH(name string) func(int) (float64, error) {
	return func(scale int) (float64, error) {
		return timePer(max(20/scale, 1), time.Millisecond, func(int) error { return h.ssh(name, "true").Run() })
	}
}

// tripsOfSSH are those up to the first that a command prints.
func (h *hosts) tripsOfSSH(int) (float64, error) {
	return fewest(h.plain, func() error {
		cmd := h.ssh("counted", "echo; read x")
		in, err := cmd.StdinPipe()
		if err != nil {
			return err
		}
		out, err := cmd.StdoutPipe()
		if err == nil {
			err = cmd.Start()
		}
		if err != nil {
			return err
		}
		_, err = io.ReadFull(out, make([]byte, 1))
		bytes, trips := h.plain.counted()
		in.Close()
		cmd.Wait()
		h.plain.set(bytes, trips)
		return err
	})
}

// trips are those up to the first result; what closes the gateway does not count.
func (h *hosts) trips(int) (float64, error) {
	return fewest(h.plain, func() error {
		gw, err := h.open("counted")()
		if err != nil {
			return err
		}
		_, err = gateway.Call[int](context.Background(), gw, gateway.Source("return 1"))
		bytes, trips := h.plain.counted()
		err = errors.Join(err, gw.Close())
		h.plain.set(bytes, trips)
		return err
	})
}

// manySSH gives milliseconds for ssh host true on all hosts at once.
func (h *hosts) manySSH(int) (float64, error) {
	return h.onAll(func(name string) (func() error, error) { return nil, h.ssh(name, "true").Run() })
}

func (h *hosts) many(int) (float64, error) {
	return h.onAll(func(name string) (func() error, error) {
		gw, err := h.open(name)()
		if err != nil {
			return nil, err
		}
		_, err = gateway.Call[int](context.Background(), gw, gateway.Source("return 1"))
		return gw.Close, err
	})
}

// onAll gives milliseconds until work is done on all hosts at once. What work leaves to
// be done does not count.
func (h *hosts) onAll(work func(name string) (func() error, error)) (float64, error) {
	var all sync.WaitGroup
	after, errs := make([]func() error, hostCount), make([]error, hostCount)
	start := time.Now()
	for i := range hostCount {
		all.Go(func() { after[i], errs[i] = work(fmt.Sprintf("far%d", i)) })
	}
	all.Wait()
	took := time.Since(start)
	for i := range hostCount {
		if after[i] != nil {
			all.Go(func() { errs[i] = errors.Join(errs[i], after[i]()) })
		}
	}
	all.Wait()
	return float64(took) / float64(time.Millisecond), errors.Join(errs...)
}

// bulkSSH gives GB/s into cat.
func (h *hosts) bulkSSH(scale int) (float64, error) {
	cmd := h.ssh("far0", "read x; echo; cat >/dev/null")
	in, err := cmd.StdinPipe()
	if err != nil {
		return 0, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	fmt.Fprintln(in)
	io.ReadFull(out, make([]byte, 1)) // it is there
	n := 2000 / scale
	start := time.Now()
	block := make([]byte, blockSize)
	for range n {
		if _, err := in.Write(block); err != nil {
			return 0, err
		}
	}
	in.Close()
	err = cmd.Wait()
	return float64(n) * blockSize / time.Since(start).Seconds() / 1e9, err
}

// forget takes the workers away from the far side.
func (h *hosts) forget() error { return os.RemoveAll(h.path("cache")) }

// coldBytes gives MB on the wire up to an open gateway.
func (h *hosts) coldBytes(settings string) func(int) (float64, error) {
	return func(int) (float64, error) {
		if err := h.forget(); err != nil {
			return 0, err
		}
		gw, err := gateway.Open(context.Background(), h.spec("counted")+settings, nil)
		if err != nil {
			return 0, err
		}
		bytes, _ := h.plain.counted()
		return float64(bytes) / 1e6, gw.Close()
	}
}

// coldOpen gives milliseconds to the first result over the long line.
func (h *hosts) coldOpen(int) (float64, error) {
	if err := h.forget(); err != nil {
		return 0, err
	}
	took, err := openAndCall(h.open("long"), "return 1")
	return float64(took) / float64(time.Millisecond), err
}

// scp gives milliseconds to copy as many bytes over the long line.
func (h *hosts) scp(int) (float64, error) {
	megabytes, err := h.coldBytes("")(1)
	if err != nil {
		return 0, err
	}
	if err := h.write("bytes", string(make([]byte, int(megabytes*1e6)))); err != nil {
		return 0, err
	}
	return timePer(1, time.Millisecond, func(int) error {
		return exec.Command("scp", "-q", "-F", h.path("config"), h.path("bytes"), "long:"+h.path("copied")).Run()
	})
}

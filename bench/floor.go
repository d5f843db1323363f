package main

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// The floor is what two Go processes can do with a socket pair and nothing else.

const floorVariable = "FARSIDE_BENCH_FLOOR"

// floorMain is the other process: it answers or swallows what it is sent.
func floorMain() {
	mode := os.Getenv(floorVariable)
	if mode == "" {
		return
	}
	conn, err := net.FileConn(os.NewFile(3, "wire"))
	if err != nil {
		os.Exit(2)
	}
	switch mode {
	case "echo":
		buf := make([]byte, 16)
		for {
			if _, err := io.ReadFull(conn, buf); err != nil {
				os.Exit(0)
			}
			conn.Write(buf)
		}
	case "sink":
		sink(conn)
	case "tls":
		sinkTLS(conn)
	}
	os.Exit(2)
}

// sink reads blocks of the size told first, until it was told how many.
func sink(conn net.Conn) {
	var head [8]byte
	io.ReadFull(conn, head[:])
	block := make([]byte, binary.BigEndian.Uint32(head[:]))
	for range binary.BigEndian.Uint32(head[4:]) {
		if _, err := io.ReadFull(conn, block); err != nil {
			os.Exit(1)
		}
	}
	conn.Write(head[:1])
	os.Exit(0)
}

type floorProcess struct {
	cmd  *exec.Cmd
	conn net.Conn
}

func startFloor(mode string) (*floorProcess, error) {
	fds, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	near, far := os.NewFile(uintptr(fds[0]), "near"), os.NewFile(uintptr(fds[1]), "far")
	defer near.Close()
	defer far.Close()
	conn, err := net.FileConn(near)
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), floorVariable+"="+mode)
	cmd.ExtraFiles = []*os.File{far}
	return &floorProcess{cmd, conn}, cmd.Start()
}

func (p *floorProcess) close() error {
	p.conn.Close()
	return p.cmd.Wait()
}

func (p *floorProcess) echo(buf []byte) error {
	if _, err := p.conn.Write(buf); err != nil {
		return err
	}
	_, err := io.ReadFull(p.conn, buf)
	return err
}

// floorRoundTrip gives microseconds for 16 bytes there and back.
func floorRoundTrip(scale int) (float64, error) {
	p, err := startFloor("echo")
	if err != nil {
		return 0, err
	}
	defer p.close()
	buf := make([]byte, 16)
	return timePer(20000/scale, time.Microsecond, func(int) error { return p.echo(buf) })
}

// floorBlocks gives GB/s of 256 KiB blocks one way.
func floorBlocks(scale int) (float64, error) {
	p, err := startFloor("sink")
	if err != nil {
		return 0, err
	}
	speed, err := sendBlocks(p.conn, 8000/scale)
	return speed, errors.Join(err, p.close())
}

// sendBlocks gives GB/s of n blocks to a sink.
func sendBlocks(conn net.Conn, n int) (float64, error) {
	var head [8]byte
	binary.BigEndian.PutUint32(head[:], blockSize)
	binary.BigEndian.PutUint32(head[4:], uint32(n))
	start := time.Now()
	if _, err := conn.Write(head[:]); err != nil {
		return 0, err
	}
	block := make([]byte, blockSize)
	for range n {
		if _, err := conn.Write(block); err != nil {
			return 0, err
		}
	}
	if _, err := io.ReadFull(conn, head[:1]); err != nil {
		return 0, err
	}
	return float64(n) * blockSize / time.Since(start).Seconds() / 1e9, nil
}

// floorStart gives milliseconds to start a process and hear from it.
func floorStart(scale int) (float64, error) {
	return timePer(max(20/scale, 1), time.Millisecond, func(int) error {
		p, err := startFloor("echo")
		if err != nil {
			return err
		}
		return errors.Join(p.echo(make([]byte, 16)), p.close())
	})
}

// timePer runs f n times and gives the time of one in units.
func timePer(n int, unit time.Duration, f func(i int) error) (float64, error) {
	start := time.Now()
	for i := range n {
		if err := f(i); err != nil {
			return 0, err
		}
	}
	return float64(time.Since(start)) / float64(unit) / float64(n), nil
}

package sshdial_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"sync"
	"syscall"
	"testing"

	"golang.org/x/crypto/ssh"

	"github.com/farside-go/farside/internal/sshdial"
)

// A server is an SSH server in this process. It lets its user in, runs commands with
// sh and lets connections through.
type server struct {
	t        testing.TB
	user     key // is let in
	host     key
	port     int
	config   *ssh.ServerConfig
	listener net.Listener
	work     sync.WaitGroup
	accepted chan net.Conn // tells of connections

	mu     sync.Mutex
	closed bool
	conns  []net.Conn
}

// newServer starts one that ends with the test. change may change it before.
func newServer(t testing.TB, change func(s *server)) *server {
	t.Helper()
	s := &server{t: t, user: newKey(t), host: newKey(t), accepted: make(chan net.Conn, 100)}
	s.config = &ssh.ServerConfig{PublicKeyCallback: func(_ ssh.ConnMetadata, offered ssh.PublicKey) (*ssh.Permissions, error) {
		if bytes.Equal(offered.Marshal(), s.user.PublicKey().Marshal()) {
			return nil, nil
		}
		return nil, errors.New("it is not the user's")
	}}
	s.config.AddHostKey(s.host)
	if change != nil {
		change(s)
	}
	s.listen(s.serve)
	return s
}

// listen calls serve for each connection.
func (s *server) listen(serve func(net.Conn)) {
	s.t.Helper()
	var err error
	if s.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		s.t.Fatal(err)
	}
	s.port = s.listener.Addr().(*net.TCPAddr).Port
	s.t.Cleanup(s.close)
	s.work.Go(func() { // ends with the listener
		for {
			conn, err := s.listener.Accept()
			if err != nil {
				return
			}
			if s.keep(conn) {
				s.accepted <- conn
				s.work.Go(func() { serve(conn) })
			}
		}
	})
}

func (s *server) keep(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		conn.Close()
		return false
	}
	s.conns = append(s.conns, conn)
	return true
}

func (s *server) close() {
	s.listener.Close()
	s.drop()
	s.work.Wait()
}

// drop cuts all connections, and takes no more.
func (s *server) drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for _, conn := range s.conns {
		conn.Close()
	}
}

func (s *server) destination() string { return fmt.Sprintf("me@127.0.0.1:%d", s.port) }

func (s *server) known() string { return knownLine("127.0.0.1", s.port, s.host) }

func (s *server) serve(conn net.Conn) {
	defer conn.Close()
	_, channels, requests, err := ssh.NewServerConn(conn, s.config)
	if err != nil {
		return
	}
	s.work.Go(func() { ssh.DiscardRequests(requests) })
	for channel := range channels {
		switch channel.ChannelType() {
		case "session":
			s.work.Go(func() { s.session(channel) })
		case "direct-tcpip":
			s.work.Go(func() { s.forward(channel) })
		default:
			channel.Reject(ssh.UnknownChannelType, "")
		}
	}
}

func (s *server) session(asked ssh.NewChannel) {
	channel, requests, err := asked.Accept()
	if err != nil {
		return
	}
	defer channel.Close()
	for request := range requests {
		argv := []string{"sh"}
		if request.Type == "exec" {
			var payload struct{ Command string }
			ssh.Unmarshal(request.Payload, &payload)
			argv = append(argv, "-c", payload.Command)
		} else if request.Type != "shell" {
			request.Reply(false, nil)
			continue
		}
		request.Reply(true, nil)
		s.work.Go(func() { ssh.DiscardRequests(requests) })
		s.run(channel, argv)
		return
	}
}

func (s *server) run(channel ssh.Channel, argv []string) {
	cmd := exec.Command(argv[0], argv[1:]...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return
	}
	cmd.Stdout, cmd.Stderr = channel, channel.Stderr()
	if err := cmd.Start(); err != nil {
		s.t.Error(err)
		return
	}
	s.work.Go(func() { // ends with the command's input, or with the channel
		io.Copy(in, channel)
		in.Close()
	})
	err = cmd.Wait()
	exited, ok := errors.AsType[*exec.ExitError](err)
	if ok && exited.Sys().(syscall.WaitStatus).Signaled() {
		channel.SendRequest("exit-signal", false, ssh.Marshal(struct {
			Signal     string
			Core       bool
			Error, Tag string
		}{Signal: "TERM"}))
		return
	}
	channel.SendRequest("exit-status", false, ssh.Marshal(struct{ Status uint32 }{uint32(cmd.ProcessState.ExitCode())}))
}

func (s *server) forward(asked ssh.NewChannel) {
	var to struct {
		Host       string
		Port       uint32
		From       string
		OriginPort uint32
	}
	ssh.Unmarshal(asked.ExtraData(), &to)
	conn, err := net.Dial("tcp", net.JoinHostPort(to.Host, fmt.Sprint(to.Port)))
	if err != nil {
		asked.Reject(ssh.ConnectionFailed, err.Error())
		return
	}
	channel, requests, err := asked.Accept()
	if err != nil {
		conn.Close()
		return
	}
	s.work.Go(func() { ssh.DiscardRequests(requests) })
	s.work.Go(func() {
		io.Copy(conn, channel)
		conn.Close()
	})
	io.Copy(channel, conn)
	channel.Close()
}

// finish gives what a command printed on both of its outputs, and how it ended.
func finish(t testing.TB, s *sshdial.Session) (string, sshdial.Exit) {
	t.Helper()
	s.Stdin.Close()
	var wrong bytes.Buffer
	read := make(chan error, 1)
	go func() { // ends with the output
		_, err := io.Copy(&wrong, s.Stderr)
		read <- err
	}()
	out, err := io.ReadAll(s.Stdout)
	if err := errors.Join(err, <-read); err != nil {
		t.Error(err)
	}
	exit, err := s.Wait()
	if err != nil {
		t.Fatal(err)
	}
	return string(out) + wrong.String(), exit
}

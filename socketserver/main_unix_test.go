//go:build linux || darwin

package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	osexec "os/exec"
	"strconv"
	"syscall"
	"time"
)

var systemCommands = map[string]func(){"passing": func() {
	fmt.Fprintln(os.Stderr, passing(os.Args[1], os.Args[2:]))
	os.Exit(1)
}, "certificates": command1(certificates)}

// passing listens at two addresses, a TCP one and a Unix socket, and becomes a command
// that is passed the sockets, as systemd does it.
func passing(path string, command []string) error {
	tcp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	local, err := net.Listen("unix", path)
	if err != nil {
		return err
	}
	for i, l := range []net.Listener{tcp, local} {
		file, err := l.(interface{ File() (*os.File, error) }).File()
		if err != nil {
			return err
		}
		if err := replace(int(file.Fd()), firstPassed+i); err != nil {
			return err
		}
	}
	program, err := osexec.LookPath(command[0])
	if err != nil {
		return err
	}
	env := append(os.Environ(), "LISTEN_PID="+strconv.Itoa(os.Getpid()), "LISTEN_FDS=2")
	return syscall.Exec(program, command, env)
}

// certificates writes those of an authority and of a near side into a folder.
func certificates(dir string) error {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	public, authority, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	ca, err := x509.CreateCertificate(rand.Reader, template, template, public, authority)
	if err != nil {
		return err
	}
	nearTemplate := &x509.Certificate{
		SerialNumber: big.NewInt(2), NotBefore: template.NotBefore, NotAfter: template.NotAfter,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	near, err := x509.CreateCertificate(rand.Reader, nearTemplate, template, public, authority)
	if err != nil {
		return err
	}
	key, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return err
	}
	authorities := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca})
	both := append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: near}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})...)
	if err := os.WriteFile(dir+"/ca.pem", authorities, 0o600); err != nil {
		return err
	}
	return os.WriteFile(dir+"/near.pem", both, 0o600)
}

package main

import (
	"bufio"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"os"
	"time"
)

// sinkTLS listens, tells where over conn, and swallows what one client sends over
// TLS 1.3 on loopback.
func sinkTLS(conn net.Conn) {
	certificate, err := selfSigned()
	if err != nil {
		os.Exit(2)
	}
	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{
		Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS13,
	})
	if err != nil {
		os.Exit(2)
	}
	conn.Write([]byte(l.Addr().String() + "\n"))
	client, err := l.Accept()
	if err != nil {
		os.Exit(2)
	}
	sink(client)
}

func selfSigned() (tls.Certificate, error) {
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, public, private)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: private}, err
}

// floorTLS gives GB/s of 256 KiB blocks one way over TLS 1.3 on loopback.
func floorTLS(scale int) (float64, error) {
	p, err := startFloor("tls")
	if err != nil {
		return 0, err
	}
	address, err := bufio.NewReader(p.conn).ReadString('\n')
	if err != nil {
		return 0, err
	}
	conn, err := tls.Dial("tcp", address[:len(address)-1], &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS13})
	if err != nil {
		return 0, err
	}
	speed, err := sendBlocks(conn, 4000/scale)
	conn.Close()
	return speed, errors.Join(err, p.close())
}

//go:build ignore

package main

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/textproto"
	"slices"
	"strings"
)

type kind uint8

const (
	ping kind = iota + 1
	pong
	bye
)

func (k kind) String() string { return [...]string{"?", "ping", "pong", "bye"}[k] }

type packet struct {
	kind kind
	seq  uint32
	body string
}

var errShort = errors.New("short packet")

func (p packet) encode() []byte {
	b := append([]byte{byte(p.kind)}, 0, 0, 0, 0)
	binary.BigEndian.PutUint32(b[1:], p.seq)
	return append(b, p.body...)
}

func decode(b []byte) (p packet, err error) {
	if len(b) < 5 {
		return p, fmt.Errorf("%w: %d bytes", errShort, len(b))
	}
	return packet{kind(b[0]), binary.BigEndian.Uint32(b[1:]), string(b[5:])}, nil
}

func serve(c net.PacketConn, done chan<- []string) {
	var log []string
	defer func() { c.Close(); done <- log }()
	buf := make([]byte, 1500)
	for {
		n, from, err := c.ReadFrom(buf)
		if err != nil {
			return
		}
		p, err := decode(buf[:n])
		log = append(log, fmt.Sprint(p, err))
		switch {
		case err != nil:
			c.WriteTo([]byte("!"), from)
		case p.kind == ping:
			c.WriteTo(packet{pong, p.seq + 1, strings.ToUpper(p.body)}.encode(), from)
		case p.kind == bye:
			return
		}
	}
}

func main() {
	c, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	done := make(chan []string)
	go serve(c, done)
	conn, err := net.Dial("udp", c.LocalAddr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	buf := make([]byte, 100)
	for i, body := range []string{"first", "", "third"} {
		conn.Write(packet{ping, uint32(i) * 1e9, body}.encode())
		n, err := conn.Read(buf)
		p, _ := decode(buf[:n])
		fmt.Println(p, p.kind, err)
	}
	conn.Write([]byte("abc"))
	n, _ := conn.Read(buf)
	_, err = decode(buf[:n])
	fmt.Println(err, errors.Is(err, errShort))
	conn.Write(packet{kind: bye}.encode())
	fmt.Println(<-done, conn.Close())

	for _, s := range []string{"192.168.1.10", "::ffff:1.2.3.4", "fe80::1%eth0", "2001:db8::0:1", "256.1.1.1", ""} {
		a, err := netip.ParseAddr(s)
		fmt.Println(a, err, a.Is4(), a.Is6(), a.IsPrivate(), a.IsLoopback(), a.Zone(), a.IsValid(), a.Unmap())
	}
	p := netip.MustParsePrefix("10.1.2.3/20")
	fmt.Println(p, p.Masked(), p.Contains(netip.MustParseAddr("10.1.15.255")), p.Contains(netip.MustParseAddr("10.1.16.0")), p.Overlaps(netip.MustParsePrefix("10.0.0.0/8")), p.Addr().Next())
	addrs := []netip.Addr{netip.MustParseAddr("::1"), netip.MustParseAddr("10.0.0.2"), netip.MustParseAddr("9.9.9.9")}
	slices.SortFunc(addrs, netip.Addr.Compare)
	ap := netip.MustParseAddrPort("[::1]:80")
	fmt.Println(addrs, ap.Addr(), ap.Port(), ap, map[netip.Addr]int{addrs[0]: 1}[netip.MustParseAddr("9.9.9.9")])
	ip, ipnet, err := net.ParseCIDR("172.16.5.9/12")
	fmt.Println(ip, ipnet, err, ipnet.Contains(net.IPv4(172, 31, 0, 1)), net.ParseIP("1.2.3"), net.ParseIP("::1").To4() == nil, ip.Equal(net.ParseIP("::ffff:172.16.5.9")), net.CIDRMask(20, 32), ip.DefaultMask())
	mac, err := net.ParseMAC("00:1b:63:84:45:E6")
	fmt.Println(mac, err, []byte(mac)[5])

	tp := textproto.NewReader(bufio.NewReader(strings.NewReader("220-hello\r\n220 there\r\nSubject: a\r\n b\r\nx-Key: v\r\n\r\nline 1\r\n..dot\r\n.\r\n")))
	code, msg, err := tp.ReadResponse(2)
	fmt.Printf("%d %q %v\n", code, msg, err)
	h, err := tp.ReadMIMEHeader()
	lines, err2 := tp.ReadDotLines()
	fmt.Println(h, err, lines, err2, textproto.CanonicalMIMEHeaderKey("x-forwarded-FOR"))
	m, err := mail.ReadMessage(strings.NewReader("From: \"Ann B\" <ann@example.com>\r\nTo: =?utf-8?q?J=C3=B6rg?= <j@x.de>, bob@y.org\r\nDate: Thu, 29 Feb 2024 15:04:05 +0100\r\n\r\nbody\r\n"))
	to, err2 := m.Header.AddressList("To")
	date, _ := m.Header.Date()
	fmt.Println(m.Header.Get("from"), err, to[0].Name, to[1], err2, date.UTC())
}

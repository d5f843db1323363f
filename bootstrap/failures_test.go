package bootstrap_test

import (
	"net"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/farside-go/farside/bootstrap"
)

func from(ip string) net.Addr { return &net.TCPAddr{IP: net.ParseIP(ip), Port: 1234} }

func TestWrongTokensAreForgivenInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f bootstrap.Failures
		for range bootstrap.MostFailures {
			check(t, f.Check(from("192.0.2.1")))
			f.Note(from("192.0.2.1"))
		}
		if f.Check(from("192.0.2.1")) == nil {
			t.Error("one with too many wrong tokens may go on")
		}
		time.Sleep(bootstrap.ForgiveAfter)
		check(t, f.Check(from("192.0.2.1")))
		f.Note(from("192.0.2.1"))
		if f.Check(from("192.0.2.1")) == nil {
			t.Error("what was forgiven once counts for two")
		}
		time.Sleep(time.Hour)
		check(t, f.Check(from("192.0.2.1")))
	})
}

// Those who are at it without pause are not forgiven between two.
func TestWrongTokensInARowAreNotForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var f bootstrap.Failures
		refused := 0
		for range 10 * bootstrap.MostFailures {
			if f.Check(from("192.0.2.1")) != nil {
				refused++
			} else {
				f.Note(from("192.0.2.1"))
			}
			time.Sleep(bootstrap.ForgiveAfter * 9 / 10)
		}
		if refused == 0 {
			t.Error("one that is a little faster than it is forgiven is never refused")
		}
	})
}

func TestWrongTokensHurtOnlyTheirAddress(t *testing.T) {
	var f bootstrap.Failures
	for _, bad := range []string{"192.0.2.1", "2001:db8:0:1::1"} {
		for range bootstrap.MostFailures {
			f.Note(from(bad))
		}
	}
	for address, refused := range map[string]bool{
		"192.0.2.1": true, "::ffff:192.0.2.1": true, "192.0.2.2": false,
		"2001:db8:0:1:ffff::1": true, "2001:db8:0:2::1": false, // a network of 64 bits is one machine's
	} {
		if err := f.Check(from(address)); (err != nil) != refused {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestWrongTokensFromEverywhereTakeBoundedMemory(t *testing.T) {
	var f bootstrap.Failures
	for i := range 3 * bootstrap.MostAddresses {
		f.Note(from("10." + strconv.Itoa(i>>16) + "." + strconv.Itoa(i>>8&255) + "." + strconv.Itoa(i&255)))
	}
	if n := f.Addresses(); n > bootstrap.MostAddresses {
		t.Errorf("%d addresses are remembered", n)
	}
}

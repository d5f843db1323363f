package channel_test

import (
	"context"
	"testing"

	"github.com/farside-go/farside/channel"
)

// One small item there and back.
func BenchmarkRoundTrip(b *testing.B) {
	near, far := channelPair(b)
	ctx := context.Background()
	go func() {
		for {
			v, err := far.Receive(ctx)
			if err != nil {
				return
			}
			far.Send(ctx, v)
		}
	}()
	for b.Loop() {
		near.Send(ctx, 42)
		if _, err := channel.Receive[int](ctx, near); err != nil {
			b.Fatal(err)
		}
	}
}

// Small items, as many as pile up.
func BenchmarkSmallOneWay(b *testing.B) {
	near, far := channelPair(b)
	ctx := context.Background()
	go func() {
		for i := 0; i < b.N; i++ {
			near.Send(ctx, i)
		}
	}()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		if v, err := channel.Receive[int](ctx, far); err != nil || v != i {
			b.Fatal(v, err)
		}
	}
}

// Items of 256 KiB.
func BenchmarkBigOneWay(b *testing.B) {
	near, far := channelPair(b)
	ctx := context.Background()
	data := make([]byte, 256<<10)
	b.SetBytes(int64(len(data)))
	go func() {
		for i := 0; i < b.N; i++ {
			near.Send(ctx, data)
		}
	}()
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		if v, err := channel.Receive[[]byte](ctx, far); err != nil || len(v) != len(data) {
			b.Fatal(len(v), err)
		}
	}
}

// A channel opened, used once and closed.
func BenchmarkOpenChannel(b *testing.B) {
	near, far := muxPair(b)
	ctx := context.Background()
	go func() {
		for {
			ch, err := far.Accept(ctx)
			if err != nil {
				return
			}
			v, _ := ch.Receive(ctx)
			ch.Send(ctx, v)
			ch.Close()
		}
	}()
	b.ReportAllocs()
	for b.Loop() {
		ch, err := near.Open(ctx, "x")
		if err != nil {
			b.Fatal(err)
		}
		ch.Send(ctx, 1)
		if _, err := ch.Receive(ctx); err != nil {
			b.Fatal(err)
		}
		ch.Close()
	}
}

// What an idle channel takes on both sides together.
func BenchmarkIdleChannel(b *testing.B) {
	near, far := muxPair(b)
	before := memory()
	var ends []*channel.Channel
	for b.Loop() {
		x, y := channelOn(b, near, far)
		ends = append(ends, x, y)
	}
	b.ReportMetric(float64(memory()-before)/float64(b.N), "bytes/channel")
	_ = ends
}

// The floor: a byte there and back on the bare byte stream.
func BenchmarkFloor(b *testing.B) {
	x, y := pipe(b)
	go func() {
		buf := make([]byte, 16)
		for {
			n, err := y.Read(buf)
			if err != nil {
				return
			}
			y.Write(buf[:n])
		}
	}()
	buf := make([]byte, 16)
	for b.Loop() {
		x.Write(buf)
		x.Read(buf)
	}
}

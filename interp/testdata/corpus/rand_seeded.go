//go:build ignore

package main

import (
	"fmt"
	"math"
	oldrand "math/rand"
	"math/rand/v2"
	"slices"
)

// counter is a source of our own: it is anything but random.
type counter struct{ n uint64 }

func (c *counter) Uint64() uint64 { c.n += 1 << 60; return c.n }

type dice interface{ roll() int }
type fair struct{ r *rand.Rand }
type loaded struct {
	r       *rand.Rand
	weights []float64
}

func (f fair) roll() int { return f.r.IntN(6) + 1 }
func (l loaded) roll() int {
	x := l.r.Float64()
	for i, w := range l.weights {
		if x -= w; x < 0 {
			return i + 1
		}
	}
	return len(l.weights)
}

func histogram(d dice, n int) (h [7]int) {
	for range n {
		h[d.roll()]++
	}
	return
}

func shuffle[T any](r *rand.Rand, s []T) []T {
	s = slices.Clone(s)
	r.Shuffle(len(s), func(i, j int) { s[i], s[j] = s[j], s[i] })
	return s
}

// walk is the length of a random walk's way back, or -1.
func walk(r *rand.Rand, limit int) int {
	x, y := 0, 0
	for i := 1; i <= limit; i++ {
		switch r.IntN(4) {
		case 0:
			x++
		case 1:
			x--
		case 2:
			y++
		default:
			y--
		}
		if x == 0 && y == 0 {
			return i
		}
	}
	return -1
}

func pi(r *rand.Rand, n int) float64 {
	in := 0
	for range n {
		if x, y := r.Float64(), r.Float64(); math.Hypot(x, y) < 1 {
			in++
		}
	}
	return 4 * float64(in) / float64(n)
}

func main() {
	r := rand.New(rand.NewPCG(1, 2))
	fmt.Println(r.Int(), r.IntN(100), r.Int32(), r.Uint32(), r.Int64N(1e12), r.Uint64(), r.UintN(7), r.Int32N(9))
	fmt.Println(r.Float64(), r.Float32(), r.NormFloat64(), r.ExpFloat64(), r.Perm(8))
	c := rand.New(rand.NewChaCha8([32]byte([]byte("chacha8: 32-byte seed for a test"))))
	fmt.Println(c.Uint64(), c.IntN(10), c.Perm(5), shuffle(c, []string{"a", "b", "c", "d"}))
	o := oldrand.New(oldrand.NewSource(42))
	fmt.Println(o.Intn(100), o.Intn(100), o.Float64(), o.Perm(5), o.Int63(), o.Uint32(), o.Int31n(10))
	buf := make([]byte, 6)
	o.Read(buf)
	fmt.Printf("%x\n", buf)
	own := rand.New(&counter{})
	fmt.Println(own.Uint64()>>60, own.Uint32()>>28, own.Int64()>>60, own.Float64(), own.IntN(16), own.Perm(3))
	fmt.Println(histogram(fair{r}, 600), histogram(loaded{r, []float64{.5, .25, .125, .125}}, 400))
	fmt.Println(walk(r, 1000), walk(r, 1000), pi(r, 1000))
	a, b := rand.New(rand.NewPCG(7, 7)), rand.New(rand.NewPCG(7, 7))
	same := true
	for range 100 {
		same = same && a.Uint64() == b.Uint64()
	}
	pcg := rand.NewPCG(3, 4)
	pcg.Uint64()
	state, _ := pcg.MarshalBinary()
	x := pcg.Uint64()
	err := pcg.UnmarshalBinary(state)
	fmt.Println(same, err, pcg.Uint64() == x, len(state))
	z := rand.NewZipf(r, 1.5, 2, 20)
	var zs []uint64
	for range 10 {
		zs = append(zs, z.Uint64())
	}
	fmt.Println(zs)
	if n := rand.IntN(10); n < 0 || n > 9 || rand.N(5) >= 5 {
		fmt.Println("out of range", n)
	}
	type ms int64
	fmt.Println(rand.N(ms(1)), rand.N[uint8](1))
	func() {
		defer func() { fmt.Println(recover()) }()
		r.IntN(0)
	}()
	letters := []rune("abcdef")
	word := make([]rune, 8)
	for i := range word {
		word[i] = letters[r.IntN(len(letters))]
	}
	sample := r.Perm(50)[:5]
	slices.Sort(sample)
	fmt.Println(string(word), sample)
}

//go:build ignore

package main

import "fmt"

type Celsius float64
type Fahrenheit float64
type Level int8

const (
	Freezing Celsius = 0
	Boiling  Celsius = 100
	Low      Level   = -1 << 3
	High             = Low * -15
	Mask     uint8   = ^uint8(0x0f)
	AllOnes          = ^uint16(0)
	MinusOne         = ^0
	Flip             = -5 &^ 2
	Name             = "typed"
	Typed    string  = Name + "!"
	Ratio    float32 = 1 / 3.0
)

func (c Celsius) F() Fahrenheit  { return Fahrenheit(c*9/5 + 32) }
func (c Celsius) String() string { return fmt.Sprintf("%.1f°C", float64(c)) }
func (f Fahrenheit) C() Celsius  { return Celsius((f - 32) * 5 / 9) }
func (l Level) String() string   { return fmt.Sprintf("L%+d", int8(l)) }
func kind[T any](v T) (s string) { return fmt.Sprintf("%T", v) }
func (f Fahrenheit) Above(g Fahrenheit) bool {
	return f > g
}

func main() {
	fmt.Println(Freezing, Boiling, Boiling.F(), Fahrenheit(-40).C())
	fmt.Println(Low, High, kind(High), Mask, AllOnes, MinusOne, Flip)
	fmt.Println(Typed, kind(Name), kind(Typed), Ratio, kind(Ratio))
	fmt.Println(Boiling.F().Above(211.9), Celsius.F(37))

	low := Low
	low *= 16 // wraps: -128
	low--
	fmt.Println(low, -low, low+1)
	neg := Level(-128)
	fmt.Println(neg, -neg, neg/-1, neg%-1)

	const d = 10
	var f float32 = d / 4
	var g float32 = d / 4.0
	h := float32(d) / 4
	fmt.Println(f, g, h)

	const c1 = 'x' - 'a'
	const c2 rune = 'x' - 'a'
	const c3 = byte('x') - 'a'
	fmt.Println(kind(c1), kind(c2), kind(c3), c1 == c2)
	var x interface{} = c3
	switch x.(type) {
	case rune:
		fmt.Println("rune")
	case uint8:
		fmt.Println("byte is uint8")
	}
	const long = "0123456789"
	var buf [len(long) * 2]byte
	fmt.Println(len(buf), cap(buf[:len(long)]), len([3]struct{}{}))
	fmt.Println(5.0 == 5, 7.0/2, 7/2, 7/2*2.0, 2.0*7/2, 1/2+1/2.0)
}

//go:build ignore

package main

import "fmt"

type Weekday uint8

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	_
	Thursday
	Friday = Weekday(iota * 10)
	Saturday
)

func (d Weekday) String() string {
	if d <= Thursday {
		return [...]string{"Sun", "Mon", "Tue", "Wed", "Thu"}[d]
	}
	return fmt.Sprintf("Weekday(%d)", uint8(d))
}

type Size float64

const (
	_       = iota
	KB Size = 1 << (10 * iota)
	MB
	GB
)

const (
	a, b = iota, iota + 10
	c, d
	_, _
	e, f
)

const (
	bit0, mask0 = 1 << iota, 1<<iota - 1
	bit1, mask1
	_, _
	bit3, mask3
)

const (
	x = "first"
	y // repeats the text
	z = iota
	w
	v = len(x) + iota
	u
)

type Perm uint

const (
	Read Perm = 1 << iota
	Write
	Exec
	All = Read | Write | Exec
)

func (p Perm) String() string {
	text := []byte("---")
	for i, letter := range "rwx" {
		if p&(1<<i) != 0 {
			text[i] = byte(letter)
		}
	}
	return string(text)
}

const single = iota

func main() {
	fmt.Println(Sunday, Monday, Tuesday, Thursday, Friday, Saturday)
	fmt.Printf("%d %v %T\n", Friday, Weekday(3), Saturday)
	fmt.Println(KB, MB, GB, GB/MB)
	fmt.Println(a, b, c, d, e, f)
	fmt.Println(bit0, mask0, bit1, mask1, bit3, mask3)
	fmt.Println(x, y, z, w, v, u)
	fmt.Println(Read, Write, Exec, All, All&^Write, single)

	const (
		local = iota * iota
		squared
		inner = iota + iota // not hidden by what stands around it
	)
	fmt.Println(local, squared, inner)
	{
		const iota = 7 // an ordinary name when declared
		const (
			p = iota
			q
		)
		fmt.Println(p, q)
	}
	const (
		l0 = len([iota + 1]int{})
		l1
		l2
	)
	fmt.Println(l0, l1, l2)
}

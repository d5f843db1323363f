package move

import "math/bits"

// mostRoom is what no machine can address. What is larger is refused by the
// runtime, in a panic that says so.
const mostRoom = 1 << 48

// Room is the size of n values of a size, 0 if there can be none.
func Room(size uintptr, n int) uintptr {
	hi, lo := bits.Mul64(uint64(size), uint64(n))
	if n < 0 || hi != 0 || lo > mostRoom {
		return 0
	}
	return uintptr(lo)
}

// The entries of method.go: entry i loads slot i and jumps into the closure there.

#include "textflag.h"

#define E(i) MOVQ ·slots+(8*(i))(SB), DX; MOVQ (DX), R12; JMP R12; PCALIGN $16
#define E4(i) E((i)); E((i)+1); E((i)+2); E((i)+3)
#define E16(i) E4((i)); E4((i)+4); E4((i)+8); E4((i)+12)
#define E64(i) E16((i)); E16((i)+16); E16((i)+32); E16((i)+48)
#define E256(i) E64((i)); E64((i)+64); E64((i)+128); E64((i)+192)
#define E1024(i) E256((i)); E256((i)+256); E256((i)+512); E256((i)+768)

TEXT ·first(SB), NOSPLIT|NOFRAME, $0-0
	E1024(0)
	E1024(1024)
	E1024(2048)
	E1024(3072)
	E1024(4096)
	E1024(5120)
	E1024(6144)
	E1024(7168)
	E1024(8192)
	E1024(9216)
	E1024(10240)
	E1024(11264)
	E1024(12288)
	E1024(13312)
	E1024(14336)
	E1024(15360)
	E1024(16384)
	E1024(17408)
	E1024(18432)
	E1024(19456)
	E1024(20480)
	E1024(21504)
	E1024(22528)
	E1024(23552)
	E1024(24576)
	E1024(25600)
	E1024(26624)
	E1024(27648)
	E1024(28672)
	E1024(29696)
	E1024(30720)
	E1024(31744)

// func StackUsed() uintptr
TEXT ·StackUsed(SB), NOSPLIT|NOFRAME, $0-8
	MOVQ (TLS), AX
	MOVQ 8(AX), AX // g.stack.hi
	SUBQ SP, AX
	MOVQ AX, ret+0(FP)
	RET

// func Goroutine() uintptr
TEXT ·Goroutine(SB), NOSPLIT|NOFRAME, $0-8
	MOVQ (TLS), AX
	MOVQ AX, ret+0(FP)
	RET

DATA ·firstPC+0(SB)/8, $·first(SB)
GLOBL ·firstPC(SB), RODATA, $8

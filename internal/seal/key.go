package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
)

const (
	keySize   = 32 // AES-256
	nextSize  = sha256.Size
	nonceSize = 12
	tagSize   = 16

	// perKey is how many records are sealed with a key: 4 GiB at most, where RFC 8446,
	// section 5.5, allows for 2^24.5 records of 16 KiB.
	perKey = 1 << 16
)

// A direction is the keys of what goes one way, and how many records went.
type direction struct {
	secret []byte
	aead   cipher.AEAD
	iv     [nonceSize]byte
	nonce  [nonceSize]byte
	count  uint64 // of records with this key
}

// newDirection gives the keys for what goes the way of this name.
func newDirection(secret []byte, name string) *direction {
	d := &direction{secret: expand(secret, name, nextSize)}
	d.rekey()
	return d
}

// rekey takes the keys of the secret, and the next secret in its place: who learns it
// later cannot read what went before.
func (d *direction) rekey() {
	block, err := aes.NewCipher(expand(d.secret, "key", keySize))
	if err != nil {
		panic(err) // its size is right
	}
	if d.aead, err = cipher.NewGCM(block); err != nil {
		panic(err) // AES has blocks of the right size
	}
	copy(d.iv[:], expand(d.secret, "iv", nonceSize))
	d.secret, d.count = expand(d.secret, "next", nextSize), 0
}

// next gives the nonce of the next record, which holds until the one after.
func (d *direction) next() []byte {
	if d.count == perKey {
		d.rekey()
	}
	d.nonce = d.iv
	last := d.nonce[nonceSize-8:]
	binary.BigEndian.PutUint64(last, binary.BigEndian.Uint64(last)^d.count)
	d.count++
	return d.nonce[:]
}

// seal appends body, sealed, to out. header, which goes before it, cannot be changed
// either.
func (d *direction) seal(out, body, header []byte) []byte {
	return d.aead.Seal(out, d.next(), body, header)
}

// open appends the body that was sealed to out.
func (d *direction) open(out, sealed, header []byte) ([]byte, error) {
	return d.aead.Open(out, d.next(), sealed, header)
}

// expand gives so many bytes that only who knows the secret can tell.
func expand(secret []byte, name string, size int) []byte {
	out, err := hkdf.Expand(sha256.New, secret, "farside wire "+name, size)
	if err != nil {
		panic(err) // the size is small
	}
	return out
}

//go:build ignore

package main

import (
	"bytes"
	"crypto"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"
)

// A vault keeps values sealed under a key made of a password.
type vault struct {
	aead  cipher.AEAD
	count uint64
	items map[string][]byte
}

func open(password, salt string) (*vault, error) {
	key, err := pbkdf2.Key(sha256.New, password, []byte(salt), 10, 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCM(block)
	return &vault{aead: aead, items: map[string][]byte{}}, err
}

func (v *vault) put(name, text string) {
	nonce := make([]byte, v.aead.NonceSize())
	v.count++
	binary.BigEndian.PutUint64(nonce[4:], v.count)
	v.items[name] = v.aead.Seal(nonce, nonce, []byte(text), []byte(name))
}

func (v *vault) get(name string) (string, error) {
	sealed, ok := v.items[name]
	if !ok {
		return "", errors.New("no such item")
	}
	n := v.aead.NonceSize()
	text, err := v.aead.Open(nil, sealed[:n], sealed[n:], []byte(name))
	return string(text), err
}

func pad(b []byte, size int) []byte {
	n := size - len(b)%size
	return append(bytes.Clone(b), bytes.Repeat([]byte{byte(n)}, n)...)
}

// A toy block is a cipher.Block of our own.
type toy struct{ key byte }

func (toy) BlockSize() int { return 4 }
func (t toy) Encrypt(dst, src []byte) {
	for i := range 4 {
		dst[(i+1)%4] = src[i] ^ t.key
	}
}
func (t toy) Decrypt(dst, src []byte) {
	tmp := [4]byte(src)
	for i := range 4 {
		dst[i] = tmp[(i+1)%4] ^ t.key
	}
}

// zeros is a source of no randomness.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func main() {
	v, err := open("password", "salt")
	if err != nil {
		fmt.Println(err)
		return
	}
	v.put("a", "first secret")
	v.put("b", "")
	fmt.Println(hex.EncodeToString(v.items["a"]), len(v.items["b"]))
	fmt.Println(v.get("a"))
	v.items["b"] = v.items["a"]
	fmt.Println(v.get("b"))
	v.items["a"][20] ^= 1
	fmt.Println(v.get("a"))
	fmt.Println(v.get("c"))
	w, _ := open("other", "salt")
	w.items = v.items
	_, err = w.get("a")
	fmt.Println(err, v.aead.Overhead())

	key, iv := []byte("0123456789abcdef"), []byte("fedcba9876543210")
	block, _ := aes.NewCipher(key)
	plain := pad([]byte("attack at dawn"), aes.BlockSize)
	out := make([]byte, len(plain))
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, plain)
	fmt.Println(hex.EncodeToString(out))
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(out, out)
	fmt.Printf("%q\n", out)
	var sealed bytes.Buffer
	sw := cipher.StreamWriter{S: cipher.NewCTR(block, iv), W: &sealed}
	io.WriteString(sw, "streamed in ")
	io.WriteString(sw, "two parts")
	fmt.Printf("%x\n", sealed.Bytes())
	text, err := io.ReadAll(cipher.StreamReader{S: cipher.NewCTR(block, iv), R: &sealed})
	fmt.Println(string(text), err)
	_, err = aes.NewCipher([]byte("short"))
	var ks aes.KeySizeError
	fmt.Println(err, errors.As(err, &ks), int(ks))

	t := toy{0x55}
	msg := []byte("eight by")
	cipher.NewCBCEncrypter(t, []byte("iviv")).CryptBlocks(msg, msg)
	fmt.Printf("%x ", msg)
	cipher.NewCBCDecrypter(t, []byte("iviv")).CryptBlocks(msg, msg)
	stream := cipher.NewCTR(t, []byte{0, 0, 0, 1})
	ks2 := make([]byte, 10)
	stream.XORKeyStream(ks2, ks2)
	fmt.Printf("%s %x\n", msg, ks2)

	seed := sha256.Sum256([]byte("seed"))
	priv := ed25519.NewKeyFromSeed(seed[:])
	pub := priv.Public().(ed25519.PublicKey)
	sig := ed25519.Sign(priv, []byte("message"))
	var signer crypto.Signer = priv
	sig2, err := signer.Sign(nil, []byte("message"), crypto.Hash(0))
	fmt.Printf("%x %v %v %v %v\n", sig[:8], bytes.Equal(sig, sig2), err, ed25519.Verify(pub, []byte("message"), sig), ed25519.Verify(pub, []byte("massage"), sig))
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		fmt.Println(err)
		return
	}
	digest := sha256.Sum256([]byte("doc"))
	der, err := ecdsa.SignASN1(rand.Reader, ec, digest[:])
	other := sha256.Sum256([]byte("doc2"))
	fmt.Println(err, ecdsa.VerifyASN1(&ec.PublicKey, digest[:], der), ecdsa.VerifyASN1(&ec.PublicKey, other[:], der), ec.Curve.Params().Name)
	derived, err := hkdf.Key(sha256.New, []byte("master"), nil, "context", 16)
	fmt.Printf("%x %v\n", derived, err)
	b := make([]byte, 8)
	io.ReadFull(zeros{}, b)
	n, err := rand.Read(b)
	fmt.Println(n, err, len(rand.Text()) == 26, strings.ToUpper(rand.Text()) != rand.Text())
}

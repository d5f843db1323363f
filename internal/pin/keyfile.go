package pin

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// LoadKey reads the key in a file, PKCS #8 in PEM. Where there is no file it makes
// one with a new key, and says so; processes that do this at the same time all end
// with the same key. A link is followed, and what it leads to must be in order. A key
// that others can read is refused.
func LoadKey(path string) (key *Key, made bool, err error) {
	key, err = readKey(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	key, err = makeKeyFile(path)
	if err == nil {
		return key, true, nil
	}
	if !errors.Is(err, fs.ErrExist) {
		return nil, false, err
	}
	key, err = readKey(path) // another process was faster
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("key file %s is a link that leads nowhere; remove it to have a key made", path)
	}
	return key, false, err
}

func readKey(path string) (*Key, error) {
	content, err := readPrivate(path)
	if err != nil {
		return nil, fmt.Errorf("key file %w", err)
	}
	private, err := parseKey(content)
	if err != nil {
		return nil, fmt.Errorf("key file %s %w; move it away to have a new key made, "+
			"or write one with: openssl genpkey -algorithm ed25519 -out FILE", path, err)
	}
	return keyOf(private)
}

func parseKey(content []byte) (ed25519.PrivateKey, error) {
	blocks, err := pemBlocks(content)
	if err != nil {
		return nil, err
	}
	if len(blocks) != 1 {
		return nil, fmt.Errorf("has %d PEM blocks and not one", len(blocks))
	}
	if blocks[0].Type != pkcs8Type {
		return nil, fmt.Errorf("has a PEM block %q and not %q", blocks[0].Type, pkcs8Type)
	}
	key, err := x509.ParsePKCS8PrivateKey(blocks[0].Bytes)
	if err != nil {
		return nil, fmt.Errorf("has a damaged key: %w", err)
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("has a key of another kind (%T) and not an ed25519 one", key)
	}
	return private, nil
}

// makeKeyFile makes a key and its file. If a file is there by now, the error is
// [fs.ErrExist] and that file is untouched.
func makeKeyFile(path string) (*Key, error) {
	key, err := NewKey()
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key.private)
	if err != nil {
		return nil, fmt.Errorf("make key file %s: %w", path, err)
	}
	if err := writeOnce(path, pem.EncodeToMemory(&pem.Block{Type: pkcs8Type, Bytes: der})); err != nil {
		return nil, fmt.Errorf("make key file %s: %w", path, err)
	}
	return key, nil
}

// writeOnce makes a file that nobody ever sees half written. A link, unlike a rename,
// does not replace what another process has made meanwhile.
func writeOnce(path string, content []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	tmp, err := os.CreateTemp(dir, ".key-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	_, err = tmp.Write(content)
	if err := errors.Join(err, tmp.Sync(), tmp.Close()); err != nil {
		return err
	}
	return os.Link(tmp.Name(), path)
}

package sshauth

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"sync"

	"golang.org/x/crypto/ssh"
)

// maxKeyFile bounds what is read of a file that should hold a key.
const maxKeyFile = 1 << 20

// files gives the keys of the files that the configuration names.
func (w *Identity) files() (keys []key) {
	for _, path := range w.host.IdentityFiles {
		k, err := w.file(path)
		if err == nil {
			keys = append(keys, k)
		} else if !w.host.DefaultIdentity || !errors.Is(err, fs.ErrNotExist) {
			w.note("%v", err)
		}
	}
	return keys
}

// file reads a key file. It may have only the public half of a key that the agent
// holds.
func (w *Identity) file(path string) (key, error) {
	content, err := readKeyFile(path, true)
	if err != nil {
		if public, publicErr := readPublic(path + ".pub"); publicErr == nil && errors.Is(err, fs.ErrNotExist) {
			return key{public: public, from: path}, nil
		}
		return key{}, err
	}
	signer, err := ssh.ParsePrivateKey(content)
	if err == nil {
		return key{signer.PublicKey(), signer, path}, nil
	}
	if missing, ok := errors.AsType[*ssh.PassphraseMissingError](err); ok {
		return w.encrypted(path, content, missing.PublicKey)
	}
	if public, err := parsePublic(content); err == nil {
		return key{public: public, from: path}, nil
	}
	return key{}, fmt.Errorf("%s holds no private key that can be read: %w", path, err)
}

// encrypted gives a key whose passphrase is asked for when the server wants it, if its
// public half is known before.
func (w *Identity) encrypted(path string, content []byte, public ssh.PublicKey) (key, error) {
	if public == nil {
		public, _ = readPublic(path + ".pub")
	}
	if w.person == nil {
		w.note("%s is encrypted, and nobody can be asked for its passphrase here: ssh-add %s", path, path)
		if public == nil {
			return key{}, fmt.Errorf("%s.pub, which would say what key it is, is missing", path)
		}
		return key{public: public, from: path}, nil // the agent may hold it
	}
	open := sync.OnceValues(func() (ssh.AlgorithmSigner, error) { return w.decrypt(path, content) })
	if public != nil {
		return key{public, &lockedKey{public, open}, path}, nil
	}
	signer, err := open()
	if err != nil {
		return key{}, err
	}
	return key{signer.PublicKey(), signer, path}, nil
}

func (w *Identity) decrypt(path string, content []byte) (ssh.AlgorithmSigner, error) {
	text := ""
	for range tries {
		answers, err := w.ask(&Prompt{Host: w.host.String(), Kind: Passphrase, Text: text, Questions: []Question{{Text: "Passphrase for " + path + ": "}}})
		if err != nil {
			return nil, err
		}
		signer, err := ssh.ParsePrivateKeyWithPassphrase(content, []byte(answers[0]))
		if able, ok := signer.(ssh.AlgorithmSigner); err == nil && ok {
			return able, nil
		}
		text = "That is not its passphrase."
	}
	w.note("none of %d passphrases was that of %s", tries, path)
	return nil, fmt.Errorf("the passphrase of %s is not known", path)
}

// A lockedKey is a key whose file is decrypted for its first signature.
type lockedKey struct {
	public ssh.PublicKey
	open   func() (ssh.AlgorithmSigner, error)
}

func (k *lockedKey) PublicKey() ssh.PublicKey { return k.public }

func (k *lockedKey) Sign(rand io.Reader, data []byte) (*ssh.Signature, error) {
	return k.SignWithAlgorithm(rand, data, "")
}

func (k *lockedKey) SignWithAlgorithm(rand io.Reader, data []byte, algorithm string) (*ssh.Signature, error) {
	signer, err := k.open()
	if err != nil {
		return nil, err
	}
	return signer.SignWithAlgorithm(rand, data, algorithm)
}

// readKeyFile reads a file, which nobody else may read if it is private.
func readKeyFile(path string, private bool) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // a named pipe would be waited for
		return nil, fmt.Errorf("%s is not a regular file", path)
	}
	if info.Size() > maxKeyFile {
		return nil, fmt.Errorf("%s is too large for a key", path)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	if _, publicErr := parsePublic(content); private && publicErr != nil && !isPrivate(info) {
		return nil, fmt.Errorf("%s can be read by others (%v) and is not used: chmod 600 it, and replace it if somebody may have read it",
			path, info.Mode())
	}
	return content, nil
}

func readPublic(path string) (ssh.PublicKey, error) {
	content, err := readKeyFile(path, false)
	if err != nil {
		return nil, err
	}
	return parsePublic(content)
}

func parsePublic(content []byte) (ssh.PublicKey, error) {
	public, _, _, _, err := ssh.ParseAuthorizedKey(content)
	return public, err
}

package pin

import (
	"bytes"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
)

const (
	pkcs8Type       = "PRIVATE KEY"
	certificateType = "CERTIFICATE"
)

// readPrivate reads a file that holds a private key. Its errors begin with the path.
func readPrivate(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, withPath(path, err)
	}
	if !info.Mode().IsRegular() { // a named pipe would be waited for
		return nil, fmt.Errorf("%s is not a regular file (%v); give the path of a file", path, info.Mode())
	}
	if !isPrivate(info) {
		return nil, fmt.Errorf("%s can be read by others (%v): if nobody has, chmod 600 it; "+
			"if somebody may have, its key is theirs too and must be replaced", path, info.Mode())
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, withPath(path, err)
	}
	return content, nil
}

// withPath puts the path first in the error of a file's operation.
func withPath(path string, err error) error {
	var pathErr *os.PathError
	if errors.As(err, &pathErr) {
		err = pathErr.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

// pemBlocks gives all blocks of a file. encoding/pem skips those that are damaged;
// here a file that has one is refused.
func pemBlocks(content []byte) ([]*pem.Block, error) {
	if len(content) == 0 {
		return nil, errors.New("is empty")
	}
	begun := bytes.Count(content, []byte("-----BEGIN "))
	if begun == 0 {
		return nil, errors.New("is not a PEM file")
	}
	var blocks []*pem.Block
	for {
		var block *pem.Block
		block, content = pem.Decode(content)
		if block == nil {
			break
		}
		blocks = append(blocks, block)
	}
	if len(blocks) != begun {
		return nil, fmt.Errorf("is damaged: only %d of its %d PEM blocks are whole", len(blocks), begun)
	}
	return blocks, nil
}

// isKey reports whether a block has a private key in any of the usual forms.
func isKey(block *pem.Block) bool { return strings.HasSuffix(block.Type, pkcs8Type) }

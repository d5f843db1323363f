package stagezero

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/klauspost/compress/zstd"

	"github.com/farside-go/farside/internal/workerbin"
)

// Ways to pack a worker.
const (
	packZstd  = "zstd"
	packGzip  = "gzip"
	packPlain = "plain"
)

// packingFor chooses what the far side can unpack.
func packingFor(tools []string) string {
	for _, packing := range []string{packZstd, packGzip} {
		if slices.Contains(tools, packing) {
			return packing
		}
	}
	return packPlain
}

// pack gives a worker's bytes as they are sent. How many there are has to be told
// before the first of them.
func pack(program workerbin.Program, packing string) ([]byte, error) {
	file, err := os.Open(program.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var packed bytes.Buffer
	to, err := packer(&packed, packing)
	if err == nil {
		_, err = io.Copy(to, file)
	}
	if err == nil {
		err = to.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", program.Path, err)
	}
	return packed.Bytes(), nil
}

func packer(to io.Writer, packing string) (io.WriteCloser, error) {
	switch packing {
	case packZstd:
		return zstd.NewWriter(to, zstd.WithEncoderLevel(zstd.SpeedDefault))
	case packGzip:
		return gzip.NewWriter(to), nil
	}
	return plain{to}, nil
}

// plain packs nothing.
type plain struct{ io.Writer }

func (plain) Close() error { return nil }

// upload sends the worker to the place that the far side has told. Behind it nothing
// is said before the answer.
func (t *talk) upload(tools []string) error {
	packing := packingFor(tools)
	packed, err := pack(t.worker, packing)
	if err != nil {
		return err
	}
	t.Alive()
	if err := t.say("put", t.worker.Hash, t.worker.Size, packing, len(packed)); err != nil {
		return err
	}
	const chunk = 64 << 10
	for sent := 0; sent < len(packed); {
		n, err := t.conn.Write(packed[sent:min(sent+chunk, len(packed))])
		if err != nil {
			return t.silenced(err)
		}
		sent += n
		t.Alive()
		t.Progress(int64(float64(t.worker.Size)*float64(sent)/float64(len(packed))), t.worker.Size)
	}
	return nil
}

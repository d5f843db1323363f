package stagezero

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"weak"

	"github.com/klauspost/compress/gzip"
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

// A parcel is a worker as it is sent.
type parcel struct{ bytes []byte }

// parcels are those that somebody sends: to many hosts at once the same is sent.
var parcels struct {
	sync.Mutex
	sent map[parcelKey]weak.Pointer[parcel]
}

type parcelKey struct{ hash, packing string }

// pack gives a worker's parcel. How many bytes there are has to be told before the first
// of them.
func pack(program workerbin.Program, packing string) (*parcel, error) {
	parcels.Lock()
	defer parcels.Unlock()
	key := parcelKey{program.Hash, packing}
	if known := parcels.sent[key].Value(); known != nil {
		return known, nil
	}
	made, err := newParcel(program.Path, packing)
	if err != nil {
		return nil, fmt.Errorf("pack %s: %w", program.Path, err)
	}
	if parcels.sent == nil {
		parcels.sent = map[parcelKey]weak.Pointer[parcel]{}
	}
	parcels.sent[key] = weak.Make(made)
	return made, nil
}

func newParcel(path, packing string) (*parcel, error) {
	file, err := os.Open(path)
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
	return &parcel{packed.Bytes()}, err
}

// packer takes time where that pays: half a second saves a third of a megabyte, and lines
// to far machines are slow.
func packer(to io.Writer, packing string) (io.WriteCloser, error) {
	switch packing {
	case packZstd:
		return zstd.NewWriter(to, zstd.WithEncoderLevel(zstd.SpeedBetterCompression))
	case packGzip:
		const level = 8 // 9 takes four times as long for hardly less
		return gzip.NewWriterLevel(to, level)
	}
	return plain{to}, nil
}

// plain packs nothing.
type plain struct{ io.Writer }

func (plain) Close() error { return nil }

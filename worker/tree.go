package worker

import (
	"errors"
	"fmt"
	"io/fs"
	"testing/fstest"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
)

// importTree makes a package tree importable.
func (w *server) importTree(ch *channel.Channel) error {
	tree, err := channel.Receive[request.Tree](ch.Context(), ch)
	if err != nil {
		return fmt.Errorf("worker: import: the request: %w", err)
	}
	if w.opts.Engine == nil {
		return errors.New("worker: import: this far side runs no source")
	}
	files := fstest.MapFS{}
	for name, data := range tree.Files {
		files[name] = &fstest.MapFile{Data: data, Mode: 0o444}
	}
	for _, name := range tree.Irregular {
		files[name] = &fstest.MapFile{Mode: fs.ModeIrregular}
	}
	return w.opts.Engine.Import(tree.Path, files)
}

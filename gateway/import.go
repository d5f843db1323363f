package gateway

import (
	"context"
	"fmt"
	"io"
	"io/fs"

	"github.com/farside-go/farside/internal/request"
)

// Import makes the package tree in files importable under path by source that
// the far side starts later; the package of a folder below is path and the
// folder. Files that are not Go source are taken too, for go:embed. A second
// Import of a path replaces the first.
func (gw *Gateway) Import(ctx context.Context, path string, files fs.FS) error {
	tree := request.Tree{Path: path, Files: map[string][]byte{}}
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if !entry.Type().IsRegular() {
			tree.Irregular = append(tree.Irregular, name)
			return nil
		}
		data, err := fs.ReadFile(files, name)
		tree.Files[name] = data
		return err
	})
	if err == nil {
		err = gw.sendTree(ctx, tree)
	}
	if err != nil {
		return fmt.Errorf("gateway %s: import %q: %w", gw.ID(), path, err)
	}
	return nil
}

func (gw *Gateway) sendTree(ctx context.Context, tree request.Tree) error {
	ch, err := gw.mux.Open(ctx, request.Import)
	if err != nil {
		return err
	}
	defer ch.Close()
	if err := ch.Send(ctx, tree); err != nil {
		return err
	}
	_, err = ch.Receive(ctx)
	if err == io.EOF { // not errors.Is: a far error or the cause of a loss may match it too
		return nil
	}
	return err
}

package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/farside-go/farside/gateway"
)

// onShelves has a command do something with the shelves of this machine, or with those of
// a far side if it is told to.
func onShelves(cmd *cobra.Command, t *terminal, do func([]shelf) error) {
	specs := onFlag(cmd)
	cmd.Flags().Lookup("on").DefValue = "this machine"
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if !cmd.Flags().Changed("on") {
			shelves, err := ownShelves()
			if err != nil {
				return err
			}
			return do(shelves)
		}
		ctx, _, stop := interrupts(cmd.Context())
		defer stop()
		far, err := open(ctx, *specs, t)
		if err != nil {
			return err
		}
		defer far.Close()
		shelves, err := farShelves(ctx, far.Gateway)
		if err != nil {
			return err
		}
		return do(shelves)
	}
}

// farShelves are the folders where a far side has programs.
func farShelves(ctx context.Context, gw *gateway.Gateway) (shelves []shelf, err error) {
	programs, err := gw.KeptPrograms(ctx)
	if err != nil {
		return nil, err
	}
	for _, program := range programs {
		if n := len(shelves); n == 0 || shelves[n-1].place != program.Folder {
			shelves = append(shelves, farShelf(ctx, gw, program.Folder, programs))
		}
	}
	return shelves, nil
}

func farShelf(ctx context.Context, gw *gateway.Gateway, folder string, programs []gateway.KeptProgram) shelf {
	var all []kept
	for _, program := range programs {
		if program.Folder == folder {
			all = append(all, kept{hash: program.Hash, size: program.Size, used: program.Used})
		}
	}
	return shelf{
		name: "programs", place: folder,
		list: func() ([]kept, error) { return all, nil },
		remove: func(k kept) bool {
			removed, err := gw.RemoveKept(ctx, []gateway.KeptProgram{{Folder: folder, Hash: k.hash, Size: k.size, Used: k.used}})
			return err == nil && len(removed) == 1
		},
	}
}

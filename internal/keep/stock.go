package keep

import (
	"context"
	"fmt"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/store"
)

// Stock tells a near side what is kept, or removes what that wants gone (P24).
func (k *Keeper) Stock(ch *channel.Channel) error {
	asked, err := channel.Receive[request.Stock](ch.Context(), ch)
	if err != nil {
		return fmt.Errorf("the request: %w", err)
	}
	var stocked request.Stocked
	for _, p := range k.places {
		s, err := p.existing()
		if err != nil {
			continue // there is nothing
		}
		if asked.Remove != nil {
			stocked.Programs = append(stocked.Programs, p.remove(s, asked.Remove)...)
			continue
		}
		programs, err := s.Programs()
		if err != nil {
			return err
		}
		for _, program := range programs {
			stocked.Programs = append(stocked.Programs,
				request.Stored{Folder: p.dir(), Hash: program.Hash, Size: program.Size, Used: program.Used})
		}
	}
	return ch.Send(ch.Context(), stocked)
}

// remove removes those of the programs that are here, and not in use nor used since they
// were listed.
func (p *place) remove(s *store.Store, programs []request.Stored) (removed []request.Stored) {
	for _, program := range programs {
		if program.Folder == p.dir() && store.IsHash(program.Hash) && s.Remove(store.Info{Hash: program.Hash, Size: program.Size, Used: program.Used}) {
			removed = append(removed, program)
		}
	}
	return removed
}

// AskStock asks a worker what it keeps, or has it remove some of that and asks what it did
// remove.
func AskStock(ctx context.Context, mux *channel.Mux, remove []request.Stored) ([]request.Stored, error) {
	ch, err := mux.Open(ctx, request.Programs)
	if err != nil {
		return nil, err
	}
	defer ch.Close()
	if err := ch.Send(ctx, request.Stock{Remove: remove}); err != nil {
		return nil, err
	}
	stocked, err := channel.Receive[request.Stocked](ctx, ch)
	return stocked.Programs, err
}

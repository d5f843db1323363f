package keep

import (
	"context"
	"fmt"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/request"
	"github.com/farside-go/farside/internal/store"
)

// Stock tells a near side what is kept, and removes what that wants gone (P24).
func (k *Keeper) Stock(ch *channel.Channel) error {
	asked, err := channel.Receive[request.Pruning](ch.Context(), ch)
	if err != nil {
		return fmt.Errorf("the request: %w", err)
	}
	var stock request.Stock
	for _, p := range k.places {
		s, err := p.existing()
		if err != nil {
			continue // there is nothing
		}
		folder := request.Folder{Path: p.dir()}
		if asked.Limit != nil {
			removed, err := s.Prune(*asked.Limit)
			if err != nil {
				return err
			}
			folder.Removed = told(removed)
		}
		left, err := s.Programs()
		if err != nil {
			return err
		}
		folder.Stored = told(left)
		stock.Folders = append(stock.Folders, folder)
	}
	return ch.Send(ch.Context(), stock)
}

func told(programs []store.Info) (stored []request.Stored) {
	for _, program := range programs {
		stored = append(stored, request.Stored(program))
	}
	return stored
}

// AskStock asks a worker what it keeps. A limit that is not nil has it remove what was not
// used for longest, until the rest has no more bytes in each folder.
func AskStock(ctx context.Context, mux *channel.Mux, limit *int64) (stock request.Stock, err error) {
	ch, err := mux.Open(ctx, request.Programs)
	if err != nil {
		return stock, err
	}
	defer ch.Close()
	if err = ch.Send(ctx, request.Pruning{Limit: limit}); err == nil {
		err = ch.ReceiveInto(ctx, &stock)
	}
	return stock, err
}

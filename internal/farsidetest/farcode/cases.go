package farcode

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/farside-go/farside/channel"
)

// Cases are calls of all functions. Names may be repeated.
func Cases() []Case {
	when := time.Date(2026, 2, 28, 23, 30, 0, 123456789, time.FixedZone("", -3600))
	return []Case{
		{Name: "Add", Func: Add, Args: []any{40, 2}},
		{Name: "Add", Func: Add, Args: []any{40, "two"}},
		{Name: "Add", Func: Add, Args: []any{40}},
		{Name: "Nothing", Func: Nothing},
		{Name: "Sum", Func: Sum, Args: []any{0.5}},
		{Name: "Sum", Func: Sum, Args: []any{2, 1, 2, 3}},
		{Name: "Mirror", Func: Mirror, Args: []any{[]Point{{1, 2, "a", 9}, {X: 3}}, Point{X: 10, Y: 10, Name: "o"}}},
		{Name: "Sorted", Func: Sorted, Args: []any{[]string{"pear", "fig", "apple", "fig"}}},
		{Name: "TreeOf", Func: TreeOf, Args: []any{[]int{2, 3, 1}}},
		{Name: "Echo", Func: Echo, Send: []any{nil, true, -1 << 63, uint64(1<<64 - 1), 1.5, "text", []byte{0, 255}, when,
			time.Minute, []any{1, "a", nil}, map[string]any{"a": []any{1.5}}, map[any]any{1: "one"}}},
		{Name: "Typed", Func: Typed, Send: []any{1, "two", 3, []any{4}}},
		{Name: "Split", Func: Split, Args: []any{map[string][]int{"b": {1, 2}, "a": {3}}}, Talk: split},
		{Name: "Bindings", Func: Bindings, Talk: bindings},
		{Name: "Callbacks", Func: Callbacks, Send: []any{1, 2, 3}},
		{Name: "Workers", Func: Workers, Args: []any{20}},
		{Name: "Factorial", Func: Factorial, Args: []any{30}},
		{Name: "Later", Func: Later, Args: []any{when, 36 * time.Hour}},
		{Name: "Bytes", Func: Bytes, Args: []any{[]byte("abc")}},
		{Name: "Keys", Func: Keys, Args: []any{map[int]string{1: "a", 2: "b", 3: "c"}}},
		{Name: "JSON", Func: JSON, Args: []any{`[{"X": 1, "Y": 2, "Name": "p"}]`}},
		{Name: "JSON", Func: JSON, Args: []any{`[{"X": "one"}]`}},
		{Name: "Half", Func: Half, Args: []any{4}},
		{Name: "Half", Func: Half, Args: []any{5}},
		{Name: "Missing", Func: Missing, Args: []any{"/no/such/file"}},
		{Name: "Fault", Func: Fault},
		{Name: "OutOfRange", Func: OutOfRange, Args: []any{3}},
		{Name: "Panics", Func: Panics},
		{Name: "Recovers", Func: Recovers, Args: []any{nil}},
		{Name: "UntilCancelled", Func: UntilCancelled, Talk: cancel},
		{Name: "Deadline", Func: Deadline},
		{Name: "Raw", Func: Raw, Args: []any{map[string]any{"first": 1}}, Send: []any{[]any{"second", 2}}},
		{Name: "Stream", Func: Stream, Talk: stream},
		{Name: "Untravelled", Func: Untravelled},
	}
}

// Run has the case's part of the talk and gives all that the far side sent.
func (c *Case) Run(ctx context.Context, ch *channel.Channel) ([]any, error) {
	if c.Talk != nil {
		return c.Talk(ctx, ch)
	}
	for _, item := range c.Send {
		if err := ch.Send(ctx, item); err != nil {
			return nil, err
		}
	}
	ch.CloseSend()
	return rest(ctx, ch)
}

// rest receives to the end.
func rest(ctx context.Context, ch *channel.Channel) (items []any, err error) {
	for {
		item, err := ch.Receive(ctx)
		if err == io.EOF {
			return items, nil
		}
		if err != nil {
			return items, err
		}
		items = append(items, item)
	}
}

// split receives from the channels that come inside items too.
func split(ctx context.Context, ch *channel.Channel) (seen []any, err error) {
	items, err := rest(ctx, ch)
	for _, item := range items {
		part, ok := item.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("an item %v", item)
		}
		numbers, err := rest(ctx, part["channel"].(*channel.Channel))
		if err != nil {
			return nil, err
		}
		seen = append(seen, part["name"], numbers)
	}
	return seen, err
}

func bindings(ctx context.Context, ch *channel.Channel) (seen []any, err error) {
	if err := ch.Set(ctx, map[string]any{"n": 3}); err != nil {
		return nil, err
	}
	for _, name := range []string{"twice", "text"} {
		v, err := channel.Get[any](ctx, ch, name)
		if err != nil {
			return nil, err
		}
		seen = append(seen, v)
	}
	items, err := rest(ctx, ch)
	return append(seen, items...), err
}

// cancel ends the function's ctx when it runs.
func cancel(ctx context.Context, ch *channel.Channel) (seen []any, err error) {
	first, err := ch.Receive(ctx)
	if err != nil {
		return nil, err
	}
	ch.Cancel(errors.New("no longer wanted"))
	items, err := rest(ctx, ch)
	return append([]any{first}, items...), err
}

func stream(ctx context.Context, ch *channel.Channel) ([]any, error) {
	s := ch.Stream()
	if _, err := io.WriteString(s, "bytes over there"); err != nil {
		return nil, err
	}
	if err := s.CloseWrite(); err != nil {
		return nil, err
	}
	text, err := io.ReadAll(s)
	return []any{string(text)}, err
}

package interp_test

import (
	"errors"
	"reflect"
	"testing"

	"github.com/farside-go/farside/channel"
)

// What far code sends arrives as what it means, whatever the interpreter keeps
// it as, and without unexported fields.
func TestSentValuesArePlain(t *testing.T) {
	const types = plainTypes + "\nfunc helper(ch *channel.Channel, v any) error { return ch.Send(context.Background(), v) }"
	for source, want := range map[string]any{
		"channel.Send(ctx, N(3))":                                                                     3,
		"channel.Send(ctx, []any{N(1), S{2, `b`}})":                                                   []any{1, map[string]any{"A": 2}},
		"channel.Send(ctx, []I{N(1), nil})":                                                           []any{1, nil},
		"channel.Send(ctx, map[string]any{`k`: S{3, `b`}})":                                           map[string]any{"k": map[string]any{"A": 3}},
		"helper(channel, []any{N(4)})":                                                                []any{4},
		"c := any(channel).(*channel.Channel); c.Send(ctx, []any{N(5)})":                              []any{5},
		"var c *channel.Channel = channel; c.Send(ctx, []any{N(6)})":                                  []any{6},
		"any(channel).(*channel.Channel).Send(ctx, []any{N(7)})":                                      []any{7},
		"func F(ctx context.Context, ch *channel.Channel) error { return ch.Send(ctx, []any{N(8)}) }": []any{8},
		"func F(ctx context.Context, ch *channel.Channel) error { e := make(chan error); go func() { e <- ch.Send(ctx, []any{N(9)}) }(); err := <-e; return err }": []any{9},
	} {
		near, far := channelPair(t)
		r := &runner{t: t, in: engine(t, nil), ch: far}
		if _, err := r.run(source + types); err != nil {
			t.Errorf("%s: %v", source, err)
			continue
		}
		if got, err := near.Receive(t.Context()); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, %v, want %#v", source, got, err, want)
		}
	}
}

func TestInterpretedErrorsCanBeSent(t *testing.T) {
	near, far := channelPair(t)
	r := &runner{t: t, in: engine(t, nil), ch: far}
	r.want(nil, "return channel.Send(ctx, &E{7})"+plainTypes)
	got, err := near.Receive(t.Context())
	var remote *channel.RemoteError
	if e, ok := got.(error); err != nil || !ok || !errors.As(e, &remote) || remote.Text != "E7" {
		t.Errorf("got %#v, %v", got, err)
	}
}

func TestBoundValuesArePlain(t *testing.T) {
	near, far := channelPair(t)
	r := &runner{t: t, in: engine(t, nil), ch: far}
	r.want(nil, "return channel.Set(ctx, map[string]any{`a`: N(1), `b`: []any{N(2)}})"+plainTypes)
	for name, want := range map[string]any{"a": 1, "b": []any{2}} {
		if got, err := near.Get(t.Context(), name); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %#v, %v", name, got, err)
		}
	}
}

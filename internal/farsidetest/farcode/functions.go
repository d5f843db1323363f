package farcode

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/big"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"
	"time"

	"github.com/farside-go/farside/channel"
)

// Add is the plainest: arguments there, a result back.
func Add(ctx context.Context, a, b int) (int, error) { return a + b, nil }

// Nothing gives nothing back.
func Nothing(ctx context.Context) {}

// Sum has a variadic parameter.
func Sum(ctx context.Context, scale float64, numbers ...int) float64 {
	total := 0
	for _, n := range numbers {
		total += n
	}
	return scale * float64(total)
}

// A Point is a struct with methods, tags and a field that does not travel.
type Point struct {
	X, Y   int
	Name   string `cbor:"name,omitempty"`
	secret int
}

// Plus is a method on a value.
func (p Point) Plus(q Point) Point { return Point{p.X + q.X, p.Y + q.Y, p.Name + q.Name, 1} }

// String makes it a fmt.Stringer.
func (p Point) String() string { return fmt.Sprintf("%s(%d,%d)", p.Name, p.X, p.Y) }

// Mirror takes and gives structs, in slices and maps and behind pointers.
func Mirror(ctx context.Context, points []Point, origin *Point) (map[string]Point, error) {
	mirrored := make(map[string]Point)
	for _, p := range points {
		q := Point{X: -p.X, Y: -p.Y, secret: 7}.Plus(*origin)
		mirrored[p.String()] = q
	}
	return mirrored, nil
}

// A Tree is a generic type that refers to itself.
type Tree[T cmp.Ordered] struct {
	Left, Right *Tree[T]
	Value       T
}

// Insert gives the tree with a value more.
func (t *Tree[T]) Insert(v T) *Tree[T] {
	switch {
	case t == nil:
		return &Tree[T]{Value: v}
	case v < t.Value:
		t.Left = t.Left.Insert(v)
	default:
		t.Right = t.Right.Insert(v)
	}
	return t
}

// All iterates in order.
func (t *Tree[T]) All(yield func(T) bool) bool {
	return t == nil || t.Left.All(yield) && yield(t.Value) && t.Right.All(yield)
}

// Sorted uses generics and iterators.
func Sorted(ctx context.Context, words []string) ([]string, error) {
	var tree *Tree[string]
	for _, w := range words {
		tree = tree.Insert(w)
	}
	return slices.Collect(func(yield func(string) bool) { tree.All(yield) }), nil
}

// TreeOf gives a recursive value.
func TreeOf(ctx context.Context, numbers []int) (tree *Tree[int], err error) {
	for _, n := range numbers {
		tree = tree.Insert(n)
	}
	return tree, nil
}

// Echo sends back what it receives, as what it is.
func Echo(ctx context.Context, ch *channel.Channel) error {
	for {
		item, err := ch.Receive(ctx)
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := ch.Send(ctx, item); err != nil {
			return err
		}
	}
}

// Typed receives items of one type; the others are errors that leave the channel usable.
func Typed(ctx context.Context, ch *channel.Channel) (string, error) {
	var story []string
	for n, err := range channel.Of[int](ch).All(ctx) {
		var wrong *channel.DecodeError
		switch {
		case errors.As(err, &wrong):
			story = append(story, wrong.Path)
		case err != nil:
			return "", err
		default:
			story = append(story, fmt.Sprint(n*n))
		}
	}
	return strings.Join(story, " "), nil
}

// Split sends channels inside items, and answers on them.
func Split(ctx context.Context, ch *channel.Channel, parts map[string][]int) error {
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		own, err := ch.Mux().New(ctx)
		if err != nil {
			return err
		}
		if err := ch.Send(ctx, map[string]any{"name": name, "channel": own}); err != nil {
			return err
		}
		for _, n := range parts[name] {
			if err := own.Send(ctx, n); err != nil {
				return err
			}
		}
		own.Close()
	}
	return nil
}

// Bindings sees what the other side binds, and binds.
func Bindings(ctx context.Context, ch *channel.Channel) error {
	n, err := channel.Get[int](ctx, ch, "n")
	if err != nil {
		return err
	}
	if err := ch.Set(ctx, map[string]any{"twice": 2 * n, "text": strings.Repeat("x", n)}); err != nil {
		return err
	}
	return ch.Send(ctx, "bound")
}

// Callbacks is called back for items and the end.
func Callbacks(ctx context.Context, ch *channel.Channel) (int, error) {
	ended := make(chan error, 1)
	var mu sync.Mutex
	total := 0
	_, err := ch.Subscribe(&channel.Callbacks{
		Item: func(item any) {
			mu.Lock()
			defer mu.Unlock()
			total += item.(int)
		},
		End: func(err error) { ended <- err },
	})
	if err != nil {
		return 0, err
	}
	if err := <-ended; err != io.EOF {
		return 0, err
	}
	mu.Lock()
	defer mu.Unlock()
	return total, nil
}

// Workers shares work among goroutines.
func Workers(ctx context.Context, n int) ([]int, error) {
	jobs, results := make(chan int), make(chan int, n)
	var working sync.WaitGroup
	for range 4 {
		working.Go(func() {
			for j := range jobs {
				results <- j * j
			}
		})
	}
	for i := range n {
		jobs <- i
	}
	close(jobs)
	working.Wait()
	close(results)
	var all []int
	for r := range results {
		all = append(all, r)
	}
	sort.Ints(all)
	return all, nil
}

// Factorial gives integers that fit no machine's word.
func Factorial(ctx context.Context, n int64) (*big.Int, error) {
	return new(big.Int).MulRange(1, n), nil
}

// Later computes with times and durations.
func Later(ctx context.Context, t time.Time, d time.Duration) ([]any, error) {
	return []any{t.Add(d), d / 2, t.UTC().Weekday().String()}, nil
}

// Bytes takes and gives bytes, and a string that is no UTF-8.
func Bytes(ctx context.Context, data []byte) (map[string]any, error) {
	return map[string]any{"reversed": reversed(data), "string": string([]byte{0xff, 0xfe}), "empty": []byte{}}, nil
}

func reversed(data []byte) []byte {
	data = slices.Clone(data)
	slices.Reverse(data)
	return data
}

// Keys has maps with keys that are no strings.
func Keys(ctx context.Context, counts map[int]string) (map[bool][]int, error) {
	found := make(map[bool][]int)
	for n := range counts {
		found[n%2 == 0] = append(found[n%2 == 0], n)
	}
	for _, list := range found {
		slices.Sort(list)
	}
	return found, nil
}

// JSON relies on reflection over its own types.
func JSON(ctx context.Context, text string) (string, error) {
	var points []Point
	if err := json.Unmarshal([]byte(text), &points); err != nil {
		return "", err
	}
	out, err := json.Marshal(points)
	return fmt.Sprintf("%s %v %+v", out, points, points[0]), err
}

// NotEven is an error of an own type.
type NotEven struct{ N int }

func (e *NotEven) Error() string { return fmt.Sprintf("%d is not even", e.N) }

// Half fails with an error of an own type.
func Half(ctx context.Context, n int) (int, error) {
	if n%2 != 0 {
		return 0, &NotEven{n}
	}
	return n / 2, nil
}

// Missing fails with one that the other side can recognise.
func Missing(ctx context.Context, name string) error {
	_, err := os.Stat(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("it is there: %v", err)
	}
	return fmt.Errorf("looking: %w", fs.ErrNotExist)
}

// Fault tells where it went wrong in its own words.
func Fault(ctx context.Context) error {
	return &channel.Fault{Name: "syntax", Text: "bad line", File: "input.txt", Line: 3, Column: 9}
}

// OutOfRange panics, two calls deep.
func OutOfRange(ctx context.Context, n int) (int, error) {
	return pick([]int{1, 2, 3}, n), nil
}

func pick(list []int, n int) int {
	return list[n]
}

// Panics with a value of an own type, behind a defer that runs.
func Panics(ctx context.Context, ch *channel.Channel) error {
	defer ch.Send(ctx, "deferred")
	panic(Point{1, 2, "p", 3})
}

// Recovers turns a panic into an error.
func Recovers(ctx context.Context, m map[string]int) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("recovered: %v", p)
		}
	}()
	m["x"] = 1
	return nil
}

// UntilCancelled goes on until its ctx ends, and says why it did.
func UntilCancelled(ctx context.Context, ch *channel.Channel) error {
	if err := ch.Send(ctx, "running"); err != nil {
		return err
	}
	<-ctx.Done()
	return fmt.Errorf("ended: %w", context.Cause(ctx))
}

// Deadline has the near side's.
func Deadline(ctx context.Context) (bool, error) {
	at, ok := ctx.Deadline()
	return ok && time.Until(at) > time.Second, nil
}

// Raw passes an item on without looking into it.
func Raw(ctx context.Context, ch *channel.Channel, first channel.Raw) (channel.Raw, error) {
	second, err := channel.Receive[channel.Raw](ctx, ch)
	if err != nil {
		return nil, err
	}
	return second, ch.Send(ctx, first)
}

// Stream copies bytes that have no size.
func Stream(ctx context.Context, ch *channel.Channel) error {
	stream := ch.Stream()
	data, err := io.ReadAll(stream)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stream, "%d bytes, %s", len(data), strings.ToUpper(string(data)))
	return err
}

// Untravelled returns what cannot travel.
func Untravelled(ctx context.Context) (any, error) { return map[string]any{"f": func() {}}, nil }

//go:build ignore

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"
	"strings"
	"sync"
	"time"
)

type Money int64

func (m Money) String() string               { return fmt.Sprintf("%d.%02d", m/100, m%100) }
func (m Money) MarshalJSON() ([]byte, error) { return json.Marshal(m.String()) }

type Event interface {
	Apply(*Account) error
	Kind() string
}
type (
	Opened    struct{ Owner string }
	Deposited struct{ Amount Money }
	Withdrawn struct {
		Amount Money
		Fee    Money `json:",omitempty"`
	}
	Closed struct{}
)

type Account struct {
	Owner   string
	Balance Money
	IsOpen  bool
	Version int
}

type InsufficientFunds struct{ Need, Have Money }

func (e InsufficientFunds) Error() string        { return fmt.Sprintf("need %v, have %v", e.Need, e.Have) }
func (e InsufficientFunds) Is(target error) bool { return target == ErrRefused }

var (
	ErrRefused = errors.New("refused")
	ErrClosed  = fmt.Errorf("account is closed: %w", ErrRefused)
)

func (Opened) Kind() string    { return "opened" }
func (Deposited) Kind() string { return "deposited" }
func (Withdrawn) Kind() string { return "withdrawn" }
func (Closed) Kind() string    { return "closed" }
func (e Opened) Apply(a *Account) error {
	a.Owner, a.IsOpen = e.Owner, true
	return nil
}
func (e Deposited) Apply(a *Account) error {
	if e.Amount <= 0 {
		return fmt.Errorf("deposit of %v: %w", e.Amount, ErrRefused)
	}
	a.Balance += e.Amount
	return nil
}
func (e Withdrawn) Apply(a *Account) error {
	if need := e.Amount + e.Fee; need > a.Balance {
		return InsufficientFunds{need, a.Balance}
	}
	a.Balance -= e.Amount + e.Fee
	return nil
}
func (Closed) Apply(a *Account) error { a.IsOpen = false; return nil }

type Bank struct {
	mu      sync.Mutex
	streams map[string][]Event
	hooks   []func(id string, e Event)
}

func (b *Bank) load(id string) (a Account, err error) {
	for _, e := range b.streams[id] {
		if err := e.Apply(&a); err != nil {
			return a, fmt.Errorf("replay %s: %w", id, err)
		}
		a.Version++
	}
	return
}
func (b *Bank) Do(id string, es ...Event) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	a, err := b.load(id)
	if err != nil {
		return err
	}
	for _, e := range es {
		if _, opens := e.(Opened); !a.IsOpen && !opens {
			return fmt.Errorf("%s %s: %w", e.Kind(), id, ErrClosed)
		}
		if err := e.Apply(&a); err != nil {
			return fmt.Errorf("%s %s: %w", e.Kind(), id, err)
		}
	}
	b.streams[id] = append(b.streams[id], es...)
	for _, h := range b.hooks {
		for _, e := range es {
			h(id, e)
		}
	}
	return nil
}

type record struct {
	ID   string
	Kind string
	Data json.RawMessage
	At   time.Time `json:"at,omitzero"`
}

var kinds = map[string]func() any{"opened": func() any { return new(Opened) }, "deposited": func() any { return new(Deposited) }, "closed": func() any { return new(Closed) }}

func main() {
	b := &Bank{streams: map[string][]Event{}}
	tally := map[string]int{}
	b.hooks = append(b.hooks, func(id string, e Event) { tally[e.Kind()]++ })
	try := func(id string, es ...Event) {
		err := b.Do(id, es...)
		var f InsufficientFunds
		fmt.Println(err, errors.Is(err, ErrRefused), errors.Is(err, ErrClosed), errors.As(err, &f) && f.Need > f.Have)
	}
	try("a", Deposited{5})
	try("a", Opened{"ann"}, Deposited{10050})
	try("a", Withdrawn{5000, 25}, Withdrawn{5025, 1})
	try("a", Withdrawn{Amount: 5000, Fee: 25})
	try("a", Deposited{0})
	try("b", Opened{"bob"})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { b.Do("b", Deposited{101}) })
		wg.Go(func() { b.Do("b", Deposited{1}, Withdrawn{Amount: 1}) })
	}
	wg.Wait()
	try("b", Closed{})
	try("b", Deposited{1})
	ids := make([]string, 0)
	for id := range b.streams {
		a, err := b.load(id)
		ids = append(ids, fmt.Sprint(id, a, err))
	}
	sort.Strings(ids)
	fmt.Println(strings.Join(ids, "; "), tally)
	data, _ := json.Marshal(Withdrawn{Amount: 150})
	rec, err := json.Marshal(record{ID: "a", Kind: "withdrawn", Data: data})
	fmt.Println(string(rec), err)
	e := kinds["opened"]()
	fmt.Println(json.Unmarshal([]byte(`{"Owner":"zoe"}`), e), e.(Event).Kind(), *e.(*Opened))
}

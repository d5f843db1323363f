package generic_test

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/sha256"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"hash"
	"hash/maphash"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unique"
	"weak"

	ourhkdf "github.com/farside-go/farside/interp/internal/generic/own/crypto/hkdf"
	ourpbkdf2 "github.com/farside-go/farside/interp/internal/generic/own/crypto/pbkdf2"
	oursql "github.com/farside-go/farside/interp/internal/generic/own/database/sql"
	ourmaphash "github.com/farside-go/farside/interp/internal/generic/own/hash/maphash"
	ourmaps "github.com/farside-go/farside/interp/internal/generic/own/maps"
	ourrand "github.com/farside-go/farside/interp/internal/generic/own/math/rand/v2"
	ourreflect "github.com/farside-go/farside/interp/internal/generic/own/reflect"
	ourruntime "github.com/farside-go/farside/interp/internal/generic/own/runtime"
	ouratomic "github.com/farside-go/farside/interp/internal/generic/own/sync/atomic"
	ourunique "github.com/farside-go/farside/interp/internal/generic/own/unique"
	ourweak "github.com/farside-go/farside/interp/internal/generic/own/weak"
)

// panicText gives what f panics with, "" if it does not.
func panicText(f func()) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint(r)
		}
	}()
	f()
	return ""
}

func TestPointerIsAtomic(t *testing.T) {
	type pointer interface {
		Load() *int
		Store(*int)
		Swap(*int) *int
		CompareAndSwap(a, b *int) bool
	}
	var story [2][]any
	a, b := new(1), new(2)
	for i, p := range []pointer{new(atomic.Pointer[int]), new(ouratomic.Pointer[int])} {
		story[i] = append(story[i], p.Load(), p.CompareAndSwap(a, b), p.CompareAndSwap(nil, a), p.Load(), p.Swap(b), p.CompareAndSwap(a, b), p.CompareAndSwap(b, nil), p.Load())
		p.Store(a)
		story[i] = append(story[i], p.Load())
	}
	if !slices.Equal(story[0], story[1]) {
		t.Errorf("got  %v\nwant %v", story[1], story[0])
	}
	if got, want := reflect.TypeFor[ouratomic.Pointer[int]]().Size(), reflect.TypeFor[atomic.Pointer[int]]().Size(); got != want {
		t.Errorf("size %d, want %d", got, want)
	}
}

func TestEqualValuesHaveOneHandle(t *testing.T) {
	type id struct{ s string }
	a, b := ourunique.Make(id{"x"}), ourunique.Make(id{strings.ToLower("X")})
	if a != b || a.Value() != (id{"x"}) || a == ourunique.Make(id{"y"}) {
		t.Error("handles of equal values differ, or of unequal ones do not")
	}
	if v := ourunique.Make[error](nil).Value(); v != nil {
		t.Errorf("nil became %v", v)
	}
	var zero ourunique.Handle[int]
	var stdZero unique.Handle[int]
	if got, want := panicText(func() { zero.Value() }), panicText(func() { stdZero.Value() }); got != want {
		t.Errorf("zero handle: %q, want %q", got, want)
	}
	if nan := math.NaN(); ourunique.Make(nan) == ourunique.Make(nan) {
		t.Error("NaN is NaN")
	}
}

type big struct{ data [64]byte }

func TestWeakPointersDoNotHold(t *testing.T) {
	object := new(big)
	p, q := ourweak.Make(object), ourweak.Make(object)
	if p != q || p.Value() != object {
		t.Error("two weak pointers to one object differ")
	}
	if ourweak.Make[big](nil).Value() != nil || (ourweak.Pointer[big]{}) != ourweak.Make[big](nil) {
		t.Error("nil is not nil")
	}
	if got, want := reflect.TypeOf(p).Size(), reflect.TypeFor[weak.Pointer[big]]().Size(); got != want {
		t.Errorf("size %d, want %d", got, want)
	}
	gone := make(chan string, 1)
	ourruntime.AddCleanup(object, func(name string) { gone <- name }, "object")
	runtime.KeepAlive(object)
	object = nil
	runtime.GC()
	if name := <-gone; name != "object" {
		t.Errorf("the cleanup got %q", name)
	}
	if p.Value() != nil {
		t.Error("the object is gone and the pointer is not")
	}
}

func TestAddCleanupRefusesWhatStdRefuses(t *testing.T) {
	object := new(big)
	for name, pair := range map[string][2]func(){
		"nil": {
			func() { runtime.AddCleanup[big](nil, func(int) {}, 1) },
			func() { ourruntime.AddCleanup[big](nil, func(int) {}, 1) },
		},
		"itself": {
			func() { runtime.AddCleanup(object, func(*big) {}, object) },
			func() { ourruntime.AddCleanup(object, func(*big) {}, object) },
		},
		"slice": {
			func() { runtime.AddCleanup(object, func([]int) {}, []int{1}).Stop() },
			func() { ourruntime.AddCleanup(object, func([]int) {}, []int{1}).Stop() },
		},
	} {
		if want, got := panicText(pair[0]), panicText(pair[1]); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestTypeAssertIsStdTypeAssert(t *testing.T) {
	var err error = errors.ErrUnsupported
	var none error
	values := map[string]reflect.Value{
		"int": reflect.ValueOf(1), "error": reflect.ValueOf(&err).Elem(), "nil": reflect.ValueOf(&none).Elem(),
		"unexported": reflect.ValueOf(struct{ e error }{err}).Field(0), "invalid": {},
		"method": reflect.ValueOf(err).MethodByName("Error"),
	}
	for name, v := range values {
		story := func(f func() (any, bool)) (text string) {
			text = panicText(func() { v, ok := f(); text = fmt.Sprint(v != nil, ok) }) + text
			return text
		}
		for i, pair := range [][2]func() (any, bool){
			{func() (any, bool) { return reflect.TypeAssert[int](v) }, func() (any, bool) { return ourreflect.TypeAssert[int](v) }},
			{func() (any, bool) { return reflect.TypeAssert[error](v) }, func() (any, bool) { return ourreflect.TypeAssert[error](v) }},
			{func() (any, bool) { return reflect.TypeAssert[func() string](v) }, func() (any, bool) { return ourreflect.TypeAssert[func() string](v) }},
		} {
			if want, got := story(pair[0]), story(pair[1]); got != want {
				t.Errorf("%s %d: %q, want %q", name, i, got, want)
			}
		}
	}
	if ourreflect.TypeFor[error]() != reflect.TypeFor[error]() || ourreflect.TypeFor[big]() != reflect.TypeFor[big]() {
		t.Error("TypeFor differs")
	}
}

func TestNStaysBelow(t *testing.T) {
	type small uint8
	seen := make(map[small]bool)
	for range 1000 {
		seen[ourrand.N(small(3))] = true
	}
	if !maps.Equal(seen, map[small]bool{0: true, 1: true, 2: true}) {
		t.Errorf("N(3) gave %v", seen)
	}
	if d := ourrand.N(time.Duration(math.MaxInt64)); d < 0 {
		t.Errorf("N gave %v", d)
	}
	for _, n := range []int{0, -1} {
		if got, want := panicText(func() { ourrand.N(n) }), panicText(func() { rand.N(n) }); got != want {
			t.Errorf("N(%d): %q, want %q", n, got, want)
		}
	}
}

func TestEqualValuesHashAlike(t *testing.T) {
	seed := maphash.MakeSeed()
	type key struct {
		s string
		f float64
	}
	a, b := key{"x", 0}, key{strings.ToLower("X"), math.Copysign(0, -1)}
	if ourmaphash.Comparable(seed, a) != ourmaphash.Comparable(seed, b) || ourmaphash.Comparable(seed, a) == ourmaphash.Comparable(seed, key{"y", 0}) {
		t.Error("equal values hash differently, or others alike")
	}
	var h, i maphash.Hash
	h.SetSeed(seed)
	i.SetSeed(seed)
	ourmaphash.WriteComparable(&h, a)
	ourmaphash.WriteComparable(&i, b)
	if h.Sum64() != i.Sum64() {
		t.Error("equal values are written differently")
	}
}

type nullText struct{ text string }

func (n *nullText) Scan(v any) error               { n.text = fmt.Sprintf("scanned %v", v); return nil }
func (n nullText) Value() (driver.Value, error)    { return "valued " + n.text, nil }
func scanned[T any](n sql.Scanner, v func() T) any { return []any{fmt.Sprint(n.Scan(int64(300))), v()} }

func TestNullIsStdNull(t *testing.T) {
	var std sql.Null[int8]
	var ours oursql.Null[int8]
	same := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %v, want %v", what, got, want)
		}
	}
	same("overflow", scanned(&ours, func() int8 { return ours.V }), scanned(&std, func() int8 { return std.V }))
	same("number", fmt.Sprint(ours.Scan("42"), ours), fmt.Sprint(std.Scan("42"), std))
	same("null", fmt.Sprint(ours.Scan(nil), ours), fmt.Sprint(std.Scan(nil), std))
	var when oursql.Null[time.Time]
	same("time", fmt.Sprint(when.Scan(time.Unix(1, 0).UTC()), when.V, when.Valid), fmt.Sprint(nil, time.Unix(1, 0).UTC(), true))
	var text oursql.Null[nullText]
	same("scanner", fmt.Sprint(text.Scan("x"), text), "<nil> {{scanned x} true}")
	value, err := text.Value()
	same("valuer", fmt.Sprint(value, ", ", err), "valued scanned x, <nil>")
	var pointer oursql.Null[*nullText]
	pointer.Valid = true
	stdPointer := sql.Null[*nullText]{Valid: true}
	value, err = pointer.Value()
	stdValue, stdErr := stdPointer.Value()
	same("nil valuer", fmt.Sprint(value, err), fmt.Sprint(stdValue, stdErr))
	value, err = oursql.Null[int]{}.Value()
	same("invalid", fmt.Sprint(value, err), "<nil> <nil>")
	_, err = oursql.Null[chan int]{Valid: true}.Value()
	_, stdErr = sql.Null[chan int]{Valid: true}.Value()
	same("unsupported", err, stdErr)
}

func TestKeysAreDerivedAlike(t *testing.T) {
	type own struct{ hash.Hash }
	mine := func() own { return own{sha256.New()} }
	secret, salt := []byte("a secret of some length"), []byte("a salt of sixteen")
	same := func(got []byte, err error) func(want []byte, wantErr error) {
		return func(want []byte, wantErr error) {
			t.Helper()
			if !slices.Equal(got, want) || (err == nil) != (wantErr == nil) {
				t.Errorf("got %x, %v; want %x, %v", got, err, want, wantErr)
			}
		}
	}
	same(ourhkdf.Extract(mine, secret, salt))(hkdf.Extract(sha256.New, secret, salt))
	same(ourhkdf.Expand(mine, secret, "info", 40))(hkdf.Expand(sha256.New, secret, "info", 40))
	same(ourhkdf.Key(mine, secret, salt, "info", 40))(hkdf.Key(sha256.New, secret, salt, "info", 40))
	same(ourhkdf.Key(mine, secret, salt, "info", 1e6))(hkdf.Key(sha256.New, secret, salt, "info", 1e6))
	same(ourpbkdf2.Key(mine, "password", salt, 10, 32))(pbkdf2.Key(sha256.New, "password", salt, 10, 32))
}

func TestCloneKeepsTypeAndNil(t *testing.T) {
	type named map[string]int
	m := named{"a": 1, "b": 2}
	c := ourmaps.Clone(m)
	if !maps.Equal(m, c) {
		t.Errorf("got %v", c)
	}
	c["a"] = 5
	if m["a"] != 1 || ourmaps.Clone(named(nil)) != nil {
		t.Error("the clone is the original, or nil has become a map")
	}
}

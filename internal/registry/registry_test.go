package registry_test

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/channel"
	"github.com/farside-go/farside/internal/registry"
)

func plain(context.Context) error { return nil }

func twice(context.Context, *channel.Channel, int, ...string) (string, error) { return "", nil }

func sum[T int | float64](_ context.Context, list ...T) (s T) {
	for _, v := range list {
		s += v
	}
	return s
}

type receiver int

func (receiver) method(context.Context) {}

func TestFunctionsAreFoundByTheirNames(t *testing.T) {
	const here = "github.com/farside-go/farside/internal/registry_test."
	for name, f := range map[string]any{
		here + "plain": plain, here + "receiver.method-fm": receiver(0).method,
		here + "TestFunctionsAreFoundByTheirNames.func1": func(context.Context) {},
	} {
		e, err := registry.Add(f)
		if err != nil || e.Name != name || registry.Find(name) != e || e.Func.Type() != reflect.TypeOf(f) {
			t.Errorf("%s: got %+v, %v", name, e, err)
		}
	}
	if registry.Find(here+"nobody") != nil {
		t.Error("a function was found that nobody registered")
	}
	main, err := registry.AddMain(plain)
	if err != nil || registry.Find("main") != main {
		t.Errorf("main: %+v, %v", main, err)
	}
}

// Which of two the far side runs must not be left to chance.
func TestANameGivenTwiceIsRefused(t *testing.T) {
	if _, err := registry.Add(twice); err != nil {
		t.Fatal(err)
	}
	if _, err := registry.Add(twice); err == nil || !strings.Contains(err.Error(), "registry_test.twice is registered already") {
		t.Errorf("got %v", err)
	}
}

// The compiler calls all instances of a generic function alike.
func TestInstancesOfAGenericFunctionAreToldApart(t *testing.T) {
	a, err := registry.Add(sum[int])
	if err != nil {
		t.Fatal(err)
	}
	b, err := registry.Add(sum[float64])
	if err != nil || a.Name == b.Name || registry.Find(a.Name) != a || registry.Find(b.Name) != b {
		t.Errorf("got %v and %v, %v", a, b, err)
	}
}

func TestWhatIsNoFarFunctionIsRefused(t *testing.T) {
	made := reflect.MakeFunc(reflect.TypeOf(plain), nil).Interface()
	for _, c := range []struct {
		f    any
		want string
	}{
		{nil, "<nil> is no function"}, {1, "int is no function"}, {(func(context.Context))(nil), "the function is nil"},
		{func() {}, "its first parameter must be a context.Context"}, {func(int, context.Context) {}, "its first parameter"},
		{func(context.Context) (int, int) { return 0, 0 }, "a result and an error"},
		{func(context.Context) (a, b, c error) { return }, "a result and an error"},
		{made, "made at run time"},
	} {
		if e, err := registry.Add(c.f); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%T: got %+v, %v; want %q", c.f, e, err, c.want)
		}
	}
	if _, err := registry.AddMain(1); err == nil {
		t.Error("main may be anything")
	}
}

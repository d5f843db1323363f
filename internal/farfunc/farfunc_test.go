package farfunc_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/farside-go/farside/internal/farfunc"
)

// boom panics in a way of the runtime's own.
func boom(_ context.Context, n int) int { return []int{}[n] }

// recovered calls a function as a worker does.
func recovered(f any, args ...any) (text, file, stack string, line int) {
	defer func() {
		fault := farfunc.PanicFault(recover())
		text, file, stack, line = fault.Text, fault.File, fault.Stack, fault.Line
	}()
	in := []reflect.Value{reflect.ValueOf(context.Background())}
	for _, arg := range args {
		in = append(in, reflect.ValueOf(arg))
	}
	reflect.ValueOf(f).Call(in)
	return "", "", "", 0
}

// A far error that points into the runtime, or into the worker, helps nobody.
func TestPanicIsToldWhereItBegan(t *testing.T) {
	through := func(ctx context.Context) {
		reflect.ValueOf(boom).Call([]reflect.Value{reflect.ValueOf(ctx), reflect.ValueOf(3)})
	}
	text, file, stack, line := recovered(through)
	if text != "panic: runtime error: index out of range [3] with length 0" {
		t.Errorf("the text is %q", text)
	}
	if !strings.HasSuffix(file, "farfunc_test.go") || line != 15 {
		t.Errorf("it is at %s:%d", file, line)
	}
	if !strings.HasPrefix(stack, "github.com/farside-go/farside/internal/farfunc_test.boom(...)\n\t"+file+":15\n") {
		t.Errorf("the stack begins with something else:\n%s", stack)
	}
	if strings.Contains(stack, "runtime.") || strings.Contains(stack, ".recovered") || !strings.Contains(stack, "TestPanicIsToldWhereItBegan.func1(...)") {
		t.Errorf("the stack is not that of the far function:\n%s", stack)
	}
}

func TestPanicInTheRuntimeItselfIsTheCallers(t *testing.T) {
	for _, f := range []func(context.Context){
		func(context.Context) { map[string]int(nil)["a"]++ },
		func(context.Context) { delete(map[any]int{1: 1}, any([]int{})) }, // in a package below runtime
	} {
		if _, file, stack, _ := recovered(f); !strings.HasSuffix(file, "farfunc_test.go") {
			t.Errorf("it is in %s:\n%s", file, stack)
		}
	}
}

type spiteful struct{}

func (spiteful) Error() string { panic("spite") }

func TestPanicValuesAreDescribedAsGoDoes(t *testing.T) {
	type name string
	for want, value := range map[string]any{
		"text": "text", "nil": nil, "7": 7, "boom": errors.New("boom"), `farfunc_test.name("x")`: name("x"),
		"([]int) [1 2]": []int{1, 2}, "(a value whose own text panicked: spite)": spiteful{}, "reflect.Kind(2)": struct{ reflect.Kind }{2}.Kind,
	} {
		if _, isStringer := value.(fmt.Stringer); isStringer {
			want = value.(fmt.Stringer).String()
		}
		if got := farfunc.Describe(value); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestResultsOfEveryForm(t *testing.T) {
	call := &farfunc.Call{What: "test"}
	values := func(list ...any) (out []reflect.Value) {
		for i := range list {
			v := reflect.ValueOf(&list[i]).Elem()
			if err, ok := list[i].(error); ok || list[i] == nil {
				v = reflect.ValueOf(&err).Elem()
			} else {
				v = v.Elem()
			}
			out = append(out, v)
		}
		return out
	}
	failed := errors.New("failed")
	for _, c := range []struct {
		out    []reflect.Value
		result any
		err    string
	}{
		{nil, nil, "<nil>"}, {values(1), 1, "<nil>"}, {values(1, nil), 1, "<nil>"}, {values(nil), nil, "<nil>"},
		{values(failed), nil, "failed"}, {values(1, failed), nil, "failed"}, {values(1, 2), nil, "test: its second result is not an error"},
	} {
		if result, err := call.Results(c.out); result != c.result || fmt.Sprint(err) != c.err {
			t.Errorf("%v: got %v, %v", c.out, result, err)
		}
	}
}

package rtype

import (
	"encoding/json"
	"fmt"
	"reflect"
	"runtime"
	"sort"
	"testing"
	"unsafe"
)

// point makes the type struct{ X, Y int } called main.Point, with String.
func point(t *testing.T) *Named {
	t.Helper()
	n := NewNamed(reflect.Struct, "main", "main", "Point", 0, 1)
	n.Define(Struct([]Field{{Name: "X", Type: For[int]()}, {Name: "Y", Type: For[int]()}, {Name: "next", PkgPath: "main", Type: n.Pointer()}}))
	OwnFields(n.Type())
	FinishStruct(n.Type())
	fn := reflect.FuncOf([]reflect.Type{reflect.TypeFor[unsafe.Pointer]()}, []reflect.Type{reflect.TypeFor[string]()}, false)
	m := Method{Name: "String", Type: reflect.TypeFor[func() string](), Pointer: reflect.MakeFunc(fn, func(args []reflect.Value) []reflect.Value {
		runtime.GC()
		p := (*[2]int)(args[0].UnsafePointer())
		return []reflect.Value{reflect.ValueOf(fmt.Sprintf("<%d,%d>", p[0], p[1]))}
	})}
	if err := n.SetMethods([]Method{m}, []Method{m}); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestStackUsedFollowsTheDepth(t *testing.T) {
	if used, deeper := StackUsed(), stackUsedBelow(1000); deeper < used+1000*16 || deeper > used+1<<20 {
		t.Errorf("%d bytes, and %d after 1000 calls", used, deeper)
	}
}

func stackUsedBelow(n int) uintptr {
	if n == 0 {
		return StackUsed()
	}
	return stackUsedBelow(n-1) + 0*uintptr(n)
}

func TestGoroutinesAreToldApart(t *testing.T) {
	other, here := make(chan uintptr), Goroutine()
	go func() { other <- Goroutine() }()
	if got := <-other; got == here || here != Goroutine() {
		t.Errorf("this is %d, then %d, another %d", here, Goroutine(), got)
	}
}

func TestMethodsAreSeenByCompiledCode(t *testing.T) {
	n := point(t)
	v := reflect.New(n.Type().Reflect())
	v.Elem().Field(0).SetInt(1)
	v.Elem().Field(1).SetInt(2)
	x := v.Elem().Interface()
	for _, test := range []struct{ got, want string }{
		{fmt.Sprint(x), "<1,2>"},
		{fmt.Sprintf("%T %T %v", x, v.Interface(), v.Interface()), "main.Point *main.Point <1,2>"},
		{fmt.Sprint(map[any]any{x: []any{x}}), "map[<1,2>:[<1,2>]]"},
		{x.(fmt.Stringer).String(), "<1,2>"},
		{v.MethodByName("String").Call(nil)[0].String(), "<1,2>"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	s := reflect.MakeSlice(reflect.SliceOf(n.Type().Reflect()), 2, 2)
	if got, err := json.Marshal(s.Interface()); err != nil || string(got) != `[{"X":0,"Y":0},{"X":0,"Y":0}]` {
		t.Errorf("json: %s, %v", got, err)
	}
	if got := fmt.Sprintf("%v %T", s.Interface(), s.Interface()); got != "[<0,0> <0,0>] []main.Point" {
		t.Error(got)
	}
	if _, ok := x.(error); ok {
		t.Error("it is an error")
	}
	if x != v.Elem().Interface() || x == reflect.Zero(n.Type().Reflect()).Interface() {
		t.Error("comparison")
	}
}

func TestInterfaceIsImplemented(t *testing.T) {
	n := point(t)
	str := For[func() string]()
	inter := Interface("main", "interface { String() string }", []InterfaceMethod{{Name: "String", Type: str}})
	if !n.Type().Reflect().Implements(inter.Reflect()) || reflect.TypeFor[int]().Implements(inter.Reflect()) {
		t.Error("Implements")
	}
	if ItabFor(inter, For[int]()) != nil || ItabFor(inter, n.Type()) == nil {
		t.Error("ItabFor")
	}
}

func TestFuncValueHasOwner(t *testing.T) {
	defer func(f func(unsafe.Pointer, []reflect.Value) []reflect.Value) { Call = f }(Call)
	Call = func(owner unsafe.Pointer, args []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(args[0].Int() < args[1].Int() == (*(*int)(owner) == 7))}
	}
	seven := 7
	p := NewFuncMaker(For[func(a, b int) bool]()).Make(unsafe.Pointer(&seven))
	less := *(*func(a, b int) bool)(unsafe.Pointer(&p))
	runtime.GC()
	if !less(1, 2) || less(2, 1) || *(*int)(OwnerOf(p)) != 7 {
		t.Error("less or its owner is wrong")
	}
	s := []int{3, 1, 2}
	sort.Slice(s, func(i, j int) bool { return less(s[i], s[j]) })
	if fmt.Sprint(s) != "[1 2 3]" {
		t.Error(s)
	}
	plain, made := func() {}, reflect.MakeFunc(reflect.TypeFor[func()](), func([]reflect.Value) []reflect.Value { return nil }).Interface().(func())
	if OwnerOf(*(*unsafe.Pointer)(unsafe.Pointer(&plain))) != nil || OwnerOf(*(*unsafe.Pointer)(unsafe.Pointer(&made))) != nil {
		t.Error("an owner of what is not ours")
	}
}

func TestBlankFieldsAreNotCompared(t *testing.T) {
	s := Struct([]Field{{Name: "_", PkgPath: "main", Type: For[int]()}, {Name: "A", Type: For[int]()}})
	p, q, other := [2]int{1, 5}, [2]int{2, 5}, [2]int{1, 6}
	if !s.Equal(unsafe.Pointer(&p), unsafe.Pointer(&q)) || s.Equal(unsafe.Pointer(&p), unsafe.Pointer(&other)) {
		t.Error("only A counts")
	}
}

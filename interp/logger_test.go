package interp_test

import "testing"

func TestFatalEndsTheProgramAndNotTheProcessHoweverItIsCalled(t *testing.T) {
	r := newRunner(t, nil)
	for _, call := range []string{
		`l.Fatal("x")`,
		`f := l.Fatal; f("x")`,
		`f := log.Fatal; f("x")`,
		`(*log.Logger).Fatal(l, "x")`,
		`var i interface{ Fatal(...any) } = l; i.Fatal("x")`,
		`var i interface{ Fatal(...any) } = l; f := i.Fatal; f("x")`,
		`f := l.Fatal; done := make(chan int); go f("x"); <-done`,
		`f := l.Fatal; sync.OnceFunc(func() { f("x") })()`,
		`f := l.Fatalln; slices.ContainsFunc([]any{"x"}, func(v any) bool { f(v); return true })`,
		`f := l.Fatal; reflect.ValueOf(f).Call([]reflect.Value{reflect.ValueOf("x")})`,
	} {
		fault := r.fault("exit", `l := log.Default(); l.SetFlags(0); `+call)
		if fault.Code != 1 {
			t.Errorf("%s: exit status %d", call, fault.Code)
		}
		r.wantOutput("", "x\n")
	}
}

func TestChannelOfLargeItemsIsRefusedAsCompiled(t *testing.T) {
	fault := newRunner(t, nil).fault("compile", "c := make(chan [100000]byte); _ = c")
	if want := "channel element type [100000]uint8 too large (>64kB)"; fault.Text != want {
		t.Errorf("got %q, want %q", fault.Text, want)
	}
}

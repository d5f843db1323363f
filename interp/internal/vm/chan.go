package vm

import "reflect"

// Send sends on a Go channel. A program that was stopped while it waits ends.
func (th *Thread) Send(c, v reflect.Value) {
	if c.IsNil() {
		th.Select(nil)
	}
	if c.TrySend(v) {
		return
	}
	th.Select([]reflect.SelectCase{{Dir: reflect.SelectSend, Chan: c, Send: v}})
}

// Receive receives from a Go channel.
func (th *Thread) Receive(c reflect.Value) (reflect.Value, bool) {
	if c.IsNil() {
		th.Select(nil)
	}
	if v, ok := c.TryRecv(); v.IsValid() {
		return v, ok
	}
	_, v, ok := th.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: c}})
	return v, ok
}

// Select waits for one of the cases.
func (th *Thread) Select(cases []reflect.SelectCase) (int, reflect.Value, bool) {
	p := th.Program
	for i := range cases {
		if cases[i].Dir == reflect.SelectDefault {
			return reflect.Select(cases)
		}
	}
	cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: p.stopping})
	chosen, v, ok := reflect.Select(cases)
	if chosen == len(cases)-1 {
		panic(stopped{})
	}
	return chosen, v, ok
}

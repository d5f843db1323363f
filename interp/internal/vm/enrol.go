package vm

import (
	"runtime"
	"sync"
	"weak"
)

// roll has all programs of this process that can run.
var roll struct {
	sync.Mutex
	programs map[weak.Pointer[Program]]struct{}
}

// enrol notes a program for as long as it is in use.
func enrol(p *Program) {
	w := weak.Make(p)
	roll.Lock()
	defer roll.Unlock()
	if roll.programs == nil {
		roll.programs = make(map[weak.Pointer[Program]]struct{})
	}
	roll.programs[w] = struct{}{}
	runtime.AddCleanup(p, strike, w)
}

func strike(w weak.Pointer[Program]) {
	roll.Lock()
	defer roll.Unlock()
	delete(roll.programs, w)
}

func enrolled() (programs []*Program) {
	roll.Lock()
	defer roll.Unlock()
	for w := range roll.programs {
		if p := w.Value(); p != nil {
			programs = append(programs, p)
		}
	}
	return programs
}

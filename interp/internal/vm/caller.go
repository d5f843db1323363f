package vm

import (
	"go/token"
	"sync"
)

// A Site is a call in the program's code, as package runtime tells of it.
type Site struct {
	Func string
	File string
	Line int
}

// Sites stand for program counters: far code gets numbers that are none of this
// process's own, and asks about them later.
var sites struct {
	sync.Mutex
	list   []Site
	number map[Site]uintptr
}

// firstSite is above all addresses of code.
const firstSite = 1 << 62

// Counter gives the number that stands for a site.
func (s Site) Counter() uintptr {
	sites.Lock()
	defer sites.Unlock()
	if n, ok := sites.number[s]; ok {
		return n
	}
	if sites.number == nil {
		sites.number = make(map[Site]uintptr)
	}
	n := uintptr(firstSite + 2*len(sites.list))
	sites.list = append(sites.list, s)
	sites.number[s] = n
	return n
}

// SiteOf gives the site that a number stands for. The number may be one more or
// less: callers take away one from what is a return address.
func SiteOf(pc uintptr) (Site, bool) {
	sites.Lock()
	defer sites.Unlock()
	i := (pc - firstSite) / 2
	if pc+1 == firstSite {
		i = 0
	}
	if pc < firstSite-1 || i >= uintptr(len(sites.list)) {
		return Site{}, false
	}
	return sites.list[i], true
}

// Callers gives the calls that the thread is in, innermost first. While a panic
// is on its way, what it came from is among them, behind the deferred function.
func (th *Thread) Callers(position func(token.Pos) token.Position) []Site {
	var list []Site
	add := func(l Location) {
		if pos := position(l.Pos); pos.IsValid() {
			list = append(list, Site{l.Func, pos.Filename, pos.Line})
		}
	}
	for fr := th.top; fr != nil; fr = fr.caller {
		add(Location{Func: fr.Fn.Name, Pos: fr.pos()})
		if p := fr.panicked; p != nil && !p.recovered {
			list = append(list, Site{Func: "runtime.gopanic", File: "runtime/panic.go", Line: 1})
			for _, l := range p.Stack {
				add(l)
			}
			return list
		}
	}
	return list
}

package encode

import (
	"reflect"

	"github.com/farside-go/farside/internal/item/fail"
	"github.com/farside-go/farside/internal/item/rawcbor"
)

// visit is one pointer, map or slice on the way from the item to the present value. The
// addresses stay good: the item holds what they point to.
type visit struct {
	typ  reflect.Type // a struct and its first field share an address
	addr uintptr
	len  int // so do a slice and a shorter one of the same array
}

// onPath is the set of visits on the way, the first few in a list, which is all that most
// values need and faster there.
type onPath struct {
	list []visit
	deep map[visit]struct{}
}

const listed = 48

// push adds v and reports false if it is there already: a cycle.
func (o *onPath) push(v visit) bool {
	for i := range o.list {
		if o.list[i] == v {
			return false
		}
	}
	if len(o.list) < listed {
		o.list = append(o.list, v)
		return true
	}
	if _, again := o.deep[v]; again {
		return false
	}
	if o.deep == nil {
		o.deep = make(map[visit]struct{})
	}
	o.deep[v] = struct{}{}
	return true
}

// pop takes back the latest push, which was of v.
func (o *onPath) pop(v visit) {
	if len(o.deep) > 0 {
		delete(o.deep, v)
		return
	}
	o.list = o.list[:len(o.list)-1]
}

func (o *onPath) reset() {
	o.list = o.list[:0]
	if len(o.deep) > 0 {
		o.deep = nil // only after an error; do not keep a big one in the pool
	}
}

// A value nested too deep may be a long cycle, and is then better called that. The search
// goes on this much deeper and for this many values.
const (
	searchDepth  = 10 * rawcbor.MaxDepth
	searchValues = 100 * rawcbor.MaxDepth
)

// enter notes a pointer on the way.
func (e *encoder) enter(v visit) *fail.Error {
	if !e.seen.push(v) {
		return fail.Errorf("a cycle cannot be sent")
	}
	if len(e.seen.deep) > 4*searchDepth {
		return rawcbor.TooDeep() // pointers to pointers, which need no depth
	}
	return nil
}

// descend goes one array or map deeper.
func (e *encoder) descend() *fail.Error {
	e.depth++
	if e.depth <= rawcbor.MaxDepth {
		e.searched = 0
		return nil
	}
	if e.searched++; e.depth > searchDepth || e.searched > searchValues {
		return rawcbor.TooDeep()
	}
	return nil
}

// ascend comes back. From below rawcbor.MaxDepth it brings the error that had been put off.
func (e *encoder) ascend() *fail.Error {
	e.depth--
	if e.depth == rawcbor.MaxDepth {
		return rawcbor.TooDeep()
	}
	return nil
}

// open starts an array or map of n elements that others may refer to.
func (e *encoder) open(v visit, major byte, n int) *fail.Error {
	if err := e.enter(v); err != nil {
		return err
	}
	if err := e.descend(); err != nil {
		return err
	}
	e.buf = rawcbor.AppendHead(e.buf, major, uint64(n))
	return nil
}

// close ends what open started.
func (e *encoder) close(v visit) *fail.Error {
	e.seen.pop(v)
	if err := e.ascend(); err != nil {
		return err
	}
	return e.checkSize()
}

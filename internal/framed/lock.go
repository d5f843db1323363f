package framed

// lock is a mutex that can be waited for among other things.
type lock chan struct{}

func newLock() lock { return make(lock, 1) }

func (l lock) tryAcquire() bool {
	select {
	case l <- struct{}{}:
		return true
	default:
		return false
	}
}

func (l lock) release() { <-l }

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

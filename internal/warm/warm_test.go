package warm_test

import (
	"sync"
	"testing"

	"go.uber.org/goleak"

	"github.com/farside-go/farside/internal/warm"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestRunsEverythingAtOnceAndLeavesNothing(t *testing.T) {
	done := make(chan struct{})
	defer close(done)
	g := warm.New(2, done)
	for range 100 {
		var ran sync.WaitGroup
		ran.Add(10)
		gate := make(chan struct{})
		for range 10 {
			g.Go(func() { // each waits for all others: none may be queued behind another
				ran.Done()
				<-gate
			})
		}
		ran.Wait()
		close(gate)
	}
}

func TestRunsAfterTheEnd(t *testing.T) {
	done := make(chan struct{})
	close(done)
	ran := make(chan struct{})
	warm.New(2, done).Go(func() { close(ran) })
	<-ran
}

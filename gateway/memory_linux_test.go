package gateway_test

import (
	"context"
	"fmt"
	"os"
	"syscall"

	"github.com/farside-go/farside/worker"
)

var hoard [][]byte

func init() {
	programs["take all memory"] = func(context.Context, *worker.Job) (any, error) {
		data, err := os.ReadFile("/proc/self/statm")
		if err != nil {
			return nil, err
		}
		var pages uint64
		if _, err := fmt.Sscan(string(data), &pages); err != nil {
			return nil, err
		}
		limit := pages*uint64(os.Getpagesize()) + 256<<20
		if err := syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: limit, Max: limit}); err != nil {
			return nil, err
		}
		for {
			hoard = append(hoard, make([]byte, 64<<20))
		}
	}
}

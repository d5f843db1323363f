package generic_test

import (
	"errors"
	"iter"
	"reflect"
	"runtime"
	"testing"

	ouriter "github.com/farside-go/farside/interp/internal/generic/own/iter"
)

// pulls runs a scenario of Pull and tells what happened.
type pulls func(seq func(yield func(error) bool)) (next func() (error, bool), stop func())

func TestPullIsStdPull(t *testing.T) {
	errA, errB := errors.New("a"), errors.New("b")
	scenarios := map[string]func(pull pulls) (story []any){
		"all": func(pull pulls) (story []any) {
			next, stop := pull(func(yield func(error) bool) { _ = yield(errA) && yield(nil) && yield(errB) })
			defer stop()
			for range 5 {
				v, ok := next()
				story = append(story, v, ok)
			}
			return story
		},
		"stopped": func(pull pulls) (story []any) {
			next, stop := pull(func(yield func(error) bool) {
				defer func() { story = append(story, "ended") }()
				for yield(errA) {
				}
			})
			next()
			stop()
			v, ok := next()
			stop()
			return append(story, v, ok)
		},
		"stopped before it began": func(pull pulls) (story []any) {
			next, stop := pull(func(func(error) bool) { story = append(story, "began") })
			stop()
			v, ok := next()
			return append(story, v, ok)
		},
		"panic in next": func(pull pulls) (story []any) {
			next, stop := pull(func(yield func(error) bool) { yield(errA); panic("broken") })
			next()
			story = append(story, panicText(func() { next() }))
			v, ok := next()
			story = append(story, v, ok, panicText(stop))
			return story
		},
		"panic in stop": func(pull pulls) (story []any) {
			next, stop := pull(func(yield func(error) bool) { yield(errA); panic("broken") })
			next()
			return append(story, panicText(stop), panicText(stop))
		},
		"goexit": func(pull pulls) (story []any) {
			done := make(chan []any)
			go func() { // ends by Goexit
				defer func() { done <- append(story, "exited") }()
				next, _ := pull(func(yield func(error) bool) { yield(errA); runtime.Goexit() })
				next()
				next()
				story = append(story, "went on")
			}()
			return <-done
		},
		"next inside": func(pull pulls) (story []any) {
			var next func() (error, bool)
			next, stop := pull(func(yield func(error) bool) { story = append(story, panicText(func() { next() })) })
			defer stop()
			next()
			return story
		},
	}
	for name, scenario := range scenarios {
		t.Run(name, func(t *testing.T) {
			want := scenario(func(seq func(func(error) bool)) (func() (error, bool), func()) { return iter.Pull(seq) })
			got := scenario(func(seq func(func(error) bool)) (func() (error, bool), func()) {
				return ouriter.Pull(ouriter.Seq[error](seq))
			})
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got  %v\nwant %v", got, want)
			}
		})
	}
}

func TestPull2GivesPairs(t *testing.T) {
	next, stop := ouriter.Pull2(ouriter.Seq2[int, error](func(yield func(int, error) bool) { _ = yield(1, nil) && yield(2, errors.ErrUnsupported) }))
	defer stop()
	for i, want := range []error{nil, errors.ErrUnsupported} {
		if k, v, ok := next(); k != i+1 || v != want || !ok {
			t.Errorf("got %v, %v, %v", k, v, ok)
		}
	}
	if k, v, ok := next(); k != 0 || v != nil || ok {
		t.Errorf("after the end: %v, %v, %v", k, v, ok)
	}
}

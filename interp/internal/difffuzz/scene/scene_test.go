package scene_test

import (
	"strings"
	"testing"

	"github.com/farside-go/farside/interp/internal/difffuzz/scene"
)

func TestEverySceneIsRead(t *testing.T) {
	names := map[string]bool{}
	for _, s := range append(scene.All(), scene.Ends()...) {
		if names[s.Name] {
			t.Errorf("two scenes are called %s", s.Name)
		}
		names[s.Name] = true
		if strings.TrimSpace(s.Main) == "" {
			t.Errorf("%s has no statements", s.Name)
		}
		for _, part := range []string{s.Top, s.Main} {
			if strings.Contains(part, "main:") || strings.Contains(part, "\nwith ") || strings.HasPrefix(part, "with ") {
				t.Errorf("%s was not taken apart:\n%s", s.Name, part)
			}
		}
	}
	for _, want := range []string{"integers", "order of calls", "generic types", "panic again"} {
		if !names[want] {
			t.Errorf("there is no scene %s", want)
		}
	}
}

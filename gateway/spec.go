package gateway

import (
	"fmt"

	"github.com/farside-go/farside/internal/reach"
)

// A Spec says how to reach a far side. See the package documentation for its text form.
// Printed, it shows no secrets.
type Spec = reach.Spec

// ParseSpec reads the text form.
func ParseSpec(text string) (*Spec, error) {
	spec, err := reach.Parse(text)
	if err != nil {
		return nil, fmt.Errorf("gateway: spec: %w", err)
	}
	return spec, nil
}

// Settings lists the settings that a kind of spec knows, for help and completion.
func Settings(kind string) []string { return reach.Settings(kind) }

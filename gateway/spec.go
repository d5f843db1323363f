package gateway

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A Spec says how to reach a far side. See the package documentation for its
// text form.
type Spec struct {
	Kind   string   // popen, or stream for a byte stream given to New
	ID     string   // default: gw0, gw1, ...
	Chdir  string   // working directory, made if missing
	Env    []string // NAME=value
	Nice   int      // priority, added to what the far side starts with
	Worker string   // path of the worker's program; default: see the package documentation
}

const (
	kindPopen  = "popen"
	kindStream = "stream"
)

// ParseSpec reads the text form.
func ParseSpec(text string) (*Spec, error) {
	spec, err := parseSpec(text)
	if err != nil {
		return nil, fmt.Errorf("gateway: spec: %w", err)
	}
	return spec, nil
}

func parseSpec(text string) (*Spec, error) {
	parts := splitSettings(text)
	kind, value, hasValue := strings.Cut(parts[0], "=")
	if kind != kindPopen {
		return nil, fmt.Errorf("unknown kind %q; known is: popen", kind)
	}
	if hasValue {
		return nil, fmt.Errorf("popen takes no value, but %q was given", value)
	}
	spec := &Spec{Kind: kind}
	seen := map[string]bool{}
	for _, part := range parts[1:] {
		key, value, ok := strings.Cut(part, "=")
		switch {
		case key == "":
			return nil, fmt.Errorf("a setting without a name; // separates settings and cannot be part of one")
		case !ok:
			return nil, fmt.Errorf("%s needs a value", spec.called(key))
		case seen[key]:
			return nil, fmt.Errorf("%s is given twice", key)
		}
		seen[key] = true
		if err := spec.set(key, value); err != nil {
			return nil, err
		}
	}
	return spec, nil
}

// splitSettings splits at //. Of three slashes the first ends a value, such as a
// directory's.
func splitSettings(text string) []string {
	var parts []string
	for {
		i := strings.Index(text, "//")
		if i < 0 {
			return append(parts, text)
		}
		if strings.HasPrefix(text[i:], "///") {
			i++
		}
		parts = append(parts, text[:i])
		text = text[i+len("//"):]
	}
}

// called is how an error calls an unknown setting. Behind a variable it may be a
// piece of the variable's value with // in it, and so a secret.
func (s *Spec) called(key string) string {
	if len(s.Env) == 0 {
		return strconv.Quote(key)
	}
	name, _, _ := strings.Cut(s.Env[len(s.Env)-1], "=")
	return "what stands behind env:" + name + " (a value cannot contain //)"
}

// set gives one setting its value.
func (s *Spec) set(key, value string) error {
	if name, ok := strings.CutPrefix(key, "env:"); ok {
		if name == "" || strings.ContainsAny(name+value, "\x00") {
			return fmt.Errorf("env:%s is not the name and value of a variable", name)
		}
		s.Env = append(s.Env, name+"="+value)
		return nil
	}
	switch key {
	case "id":
		if value == "" || strings.ContainsFunc(value, unicode.IsControl) {
			return fmt.Errorf("id must be a printable name")
		}
		s.ID = value
	case "chdir":
		if value == "" {
			return fmt.Errorf("chdir needs a directory")
		}
		s.Chdir = value
	case "nice":
		nice, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("nice=%s is not a number", value)
		}
		s.Nice = nice
	case "worker":
		if value == "" {
			return fmt.Errorf("worker needs a path")
		}
		s.Worker = value
	default:
		return fmt.Errorf("unknown setting for popen: %s; known are: chdir, env:NAME, id, nice, worker", s.called(key))
	}
	return nil
}

// String gives the text form, with the values of the environment hidden, since
// they may be secrets.
func (s *Spec) String() string {
	parts := []string{s.Kind}
	add := func(key, value string) {
		if value != "" {
			parts = append(parts, key+"="+value)
		}
	}
	add("id", s.ID)
	add("chdir", s.Chdir)
	if s.Nice != 0 {
		add("nice", strconv.Itoa(s.Nice))
	}
	add("worker", s.Worker)
	for _, variable := range slices.Sorted(slices.Values(s.Env)) {
		name, _, _ := strings.Cut(variable, "=")
		add("env:"+name, "***")
	}
	return strings.Join(parts, "//")
}

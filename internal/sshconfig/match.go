package sshconfig

import (
	"fmt"
	"strings"

	"github.com/farside-go/farside/internal/sshpattern"
)

// unknownCriteria are those of Match that are not looked at here: they run commands,
// or ask about the network or about what ssh would be started for.
var unknownCriteria = map[string]bool{"exec": true, "localnetwork": true, "tagged": true, "command": true, "sessiontype": true, "version": true}

// match reports whether a Match line holds. One that would hold but for a criterion
// that is not looked at does not, and that is noted.
func (r *reader) match(d *directive) (bool, error) {
	holds := true
	unknown := ""
	args := splitCriteria(d.args)
	for i := 0; i < len(args); i++ {
		name, negated := strings.CutPrefix(strings.ToLower(args[i]), "!")
		var result bool
		switch name {
		case "all":
			if err := r.checkAll(args, i); err != nil {
				return false, err
			}
			result = true
		case "final", "canonical":
			r.wantFinal = r.wantFinal || name == "final"
			result = r.final
		default:
			i++
			if i == len(args) {
				return false, fmt.Errorf("Match %s has no value", name)
			}
			if unknownCriteria[name] {
				unknown = name + " " + args[i]
				continue
			}
			var err error
			if result, err = r.criterion(name, args[i]); err != nil {
				return false, err
			}
		}
		holds = holds && result != negated
	}
	if unknown != "" && holds {
		r.note("match", unknown, d.where, false)
		return false, nil
	}
	return holds, nil
}

// splitCriteria undoes name=value.
func splitCriteria(args []string) []string {
	var out []string
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if ok && isCriterion(name) {
			out = append(out, name)
			if value != "" {
				out = append(out, value)
			}
			continue
		}
		out = append(out, arg)
	}
	return out
}

func isCriterion(name string) bool {
	name = strings.TrimPrefix(strings.ToLower(name), "!")
	switch name {
	case "host", "originalhost", "user", "localuser":
		return true
	}
	return unknownCriteria[name]
}

// checkAll sees to it that all stands alone, or after final or canonical.
func (r *reader) checkAll(args []string, i int) error {
	before := strings.ToLower(args[0])
	if len(args) == i+1 && (i == 0 || i == 1 && (before == "final" || before == "canonical")) {
		return nil
	}
	return fmt.Errorf("Match all can be combined with nothing but a final or canonical before it")
}

func (r *reader) criterion(name, patterns string) (bool, error) {
	var text string
	list := strings.Split(patterns, ",")
	switch name {
	case "host":
		text = strings.ToLower(r.hostName())
		list = strings.Split(strings.ToLower(patterns), ",")
	case "originalhost":
		text = strings.ToLower(r.query.Alias)
		list = strings.Split(strings.ToLower(patterns), ",")
	case "user":
		text = r.user()
	case "localuser":
		text = r.query.LocalUser
	default:
		return false, fmt.Errorf("Match has no criterion %q", name)
	}
	return sshpattern.Match(text, list), nil
}

package reach

import (
	"fmt"
	"path"
	"strings"
)

// commands are the kinds whose far side is behind a command of this machine, which
// gives a shell over its standard input and output; and how that is made of the value
// of the spec.
var commands = map[string]func(value string) (argv []string, err error){
	"cmd":     commandLine,
	"docker":  func(name string) ([]string, error) { return execIn("docker", name) },
	"podman":  func(name string) ([]string, error) { return execIn("podman", name) },
	"kubectl": kubectl,
	"sudo":    sudo,
}

// commandKinds are the kinds of commands, as settings name them.
const commandKinds = "cmd docker podman kubectl sudo"

func commandLine(value string) ([]string, error) {
	argv, err := splitArgv(value)
	switch {
	case err != nil:
		return nil, err
	case len(argv) == 0 || argv[0] == "":
		return nil, fmt.Errorf("it needs a command that gives a POSIX shell, such as cmd=ssh host sh")
	case path.Base(argv[len(argv)-1]) == "fish":
		return nil, fmt.Errorf("fish reads all of its input before it runs any of it, so it would never answer; let it run sh: fish -c sh")
	}
	return argv, nil
}

func execIn(engine, name string) ([]string, error) {
	if !isName(name) {
		return nil, fmt.Errorf("it needs the name of a container: %s=NAME", engine)
	}
	return []string{engine, "exec", "-i", name, "sh"}, nil
}

// kubectl is for a pod, or for namespace and pod, and perhaps the container.
func kubectl(value string) ([]string, error) {
	parts := strings.Split(value, "/")
	for _, part := range parts {
		if !isName(part) || len(parts) > 3 {
			return nil, fmt.Errorf("it needs the name of a pod: kubectl=POD, kubectl=NAMESPACE/POD or kubectl=NAMESPACE/POD/CONTAINER")
		}
	}
	argv := []string{"kubectl", "exec", "-i"}
	if len(parts) > 1 {
		argv = append(argv, "-n", parts[0])
		parts = parts[1:]
	}
	argv = append(argv, parts[0])
	if len(parts) > 1 {
		argv = append(argv, "-c", parts[1])
	}
	return append(argv, "--", "sh"), nil
}

func sudo(user string) ([]string, error) {
	switch {
	case user == "":
		return []string{"sudo", "-n", "sh"}, nil
	case !isName(user):
		return nil, fmt.Errorf("it needs no value, or the name of a user: sudo=USER")
	}
	return []string{"sudo", "-n", "-u", user, "sh"}, nil
}

// isName reports whether a command takes a text for a name, not for an option.
func isName(text string) bool { return text != "" && text[0] != '-' }

// IsCommand reports whether the far side is behind a command of this machine.
func (s *Spec) IsCommand() bool { return commands[s.Kind] != nil }

// Argv is the command of a spec whose far side is behind one.
func (s *Spec) Argv() ([]string, error) { return commands[s.Kind](s.Address) }

// SudoArgv is the command that gives a shell of the user that the spec names.
func (s *Spec) SudoArgv() ([]string, error) { return sudo(s.SudoUser) }

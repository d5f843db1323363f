package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/farside-go/farside/gateway"
)

// A farSide is the gateway that a command uses, with those through which it goes.
type farSide struct {
	*gateway.Gateway
	group gateway.Group
	shown *uploadBar // of what takes long on the last one
}

// Close closes the gateway, then those through which it goes.
func (f *farSide) Close() error { return f.group.Close() }

// Kill kills them all.
func (f *farSide) Kill() error { return f.group.Kill() }

// onFlag adds --on to a command.
func onFlag(cmd *cobra.Command) *[]string {
	specs := cmd.Flags().StringArray("on", []string{"popen"}, "the far side, as a `spec` such as popen//chdir=DIR or socket=HOST:PORT//key=...; "+
		"given several times, the last is used, and may go through the others by via=ID or installvia=ID")
	cmd.RegisterFlagCompletionFunc("on", completeSpec)
	return specs
}

// completeSpec completes the kind of a spec, and the name of its last setting.
func completeSpec(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	const directive = cobra.ShellCompDirectiveNoSpace | cobra.ShellCompDirectiveNoFileComp
	i := strings.LastIndex(typed, "//")
	if i < 0 {
		return []string{"popen", "popen//", "socket=", "socket=unix:/", "socket//installvia=", "ssh=", "cmd=", "docker=", "podman=", "kubectl=", "sudo", "sudo="}, directive
	}
	kind, _, _ := strings.Cut(typed, "//")
	kind, _, _ = strings.Cut(kind, "=")
	var words []string
	for _, name := range gateway.Settings(kind) {
		words = append(words, typed[:i]+"//"+name+"=")
	}
	return words, directive
}

// open opens the gateways of a command. What the far sides print outside of a
// program is shown as it is.
func open(ctx context.Context, specs []string, t *terminal) (*farSide, error) {
	far := &farSide{}
	for _, spec := range specs {
		shown := newUploadBar(t)
		gw, err := far.group.Open(ctx, spec, &gateway.Options{Stdout: t.out, Stderr: t.err, Progress: shown.show, Prompt: prompter()})
		shown.end()
		if err != nil {
			far.Kill()
			if failed, ok := errors.AsType[*gateway.OpenError](err); ok && failed.Stage == gateway.StageSpec {
				return nil, usageError{err}
			}
			return nil, err
		}
		far.Gateway, far.shown = gw, shown
	}
	return far, nil
}

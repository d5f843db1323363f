package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/farside-go/farside/internal/hello"
	"github.com/farside-go/farside/internal/version"
)

func versionCommand(t *terminal) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  usage(cobra.NoArgs),
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintf(t.out, "farside %s, protocol %d, %s %s/%s\n",
				version.String(), hello.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

package stagezero

import (
	"fmt"
	"regexp"
)

// systems and machines are what uname calls them, and what Go does.
var (
	systems = map[string]string{
		"Linux": "linux", "Darwin": "darwin", "FreeBSD": "freebsd", "NetBSD": "netbsd", "OpenBSD": "openbsd",
		"DragonFly": "dragonfly",
	}
	machines = []struct {
		uname *regexp.Regexp
		arch  string
	}{
		{regexp.MustCompile(`^(x86_64|amd64)$`), "amd64"},
		{regexp.MustCompile(`^(i[3-6]86|x86)$`), "386"},
		{regexp.MustCompile(`^(aarch64|arm64)$`), "arm64"},
		{regexp.MustCompile(`^arm(v[5-8].*)?$`), "arm"},
		{regexp.MustCompile(`^loongarch64$`), "loong64"},
		{regexp.MustCompile(`^(riscv64|ppc64|ppc64le|s390x)$`), "$1"},
	}
)

// systemOf gives Go's names for a system.
func systemOf(os, machine string) (goos, goarch string, err error) {
	goos = systems[os]
	for _, m := range machines {
		if at := m.uname.FindStringSubmatchIndex(machine); at != nil {
			goarch = string(m.uname.ExpandString(nil, m.arch, machine, at))
		}
	}
	if goos == "" || goarch == "" {
		return "", "", fmt.Errorf("the far side calls itself %.40q on %.40q, for which this side knows no worker; "+
			"is uname there on its PATH?", os, machine)
	}
	return goos, goarch, nil
}

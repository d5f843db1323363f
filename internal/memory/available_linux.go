package memory

import (
	"bytes"
	"os"
	"path"
	"strconv"
	"strings"
)

// Available is how much memory the machine, and the control groups that this
// process is in, can still give; 0 if that is not known.
func Available() uint64 { return available("/") }

// available reads what is mounted below root.
func available(root string) uint64 {
	least := number(field(read(root, "proc/meminfo"), "MemAvailable:")) << 10
	for line := range strings.Lines(string(read(root, "proc/self/cgroup"))) {
		parts := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(parts) != 3 {
			continue
		}
		switch {
		case parts[1] == "":
			least = lesser(least, v2.within(root, parts[2]))
		case strings.Contains(","+parts[1]+",", ",memory,"):
			least = lesser(least, v1.within(root, parts[2]))
		}
	}
	return least
}

// lesser is the lesser of two amounts, of which 0 is not known.
func lesser(a, b uint64) uint64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// A hierarchy is how one version of control groups tells of memory.
type hierarchy struct{ folder, max, current, cache string }

var (
	v1 = hierarchy{"sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"}
	v2 = hierarchy{"sys/fs/cgroup", "memory.max", "memory.current", "inactive_file"}
)

// within is what a group and those around it can still give. In a container the
// path can be one of outside, and then only the outermost folder is there.
func (h *hierarchy) within(root, group string) (least uint64) {
	for group = path.Clean("/" + group); ; group = path.Dir(group) {
		least = lesser(least, h.left(root, path.Join(h.folder, group)))
		if group == "/" {
			return least
		}
	}
}

// left is what one group can still give: its limit without what is in use, of
// which pages of files that were not used for long do not count. It is 0 for one
// without a limit, and never 0 for one with a limit.
func (h *hierarchy) left(root, folder string) uint64 {
	limit := number(read(root, path.Join(folder, h.max)))
	const unlimited = 1 << 60 // version 1 writes the greatest number of pages
	if limit == 0 || limit > unlimited {
		return 0
	}
	used := number(read(root, path.Join(folder, h.current)))
	used -= min(used, number(field(read(root, path.Join(folder, "memory.stat")), h.cache)))
	return max(limit-min(limit, used), 1)
}

func read(root, name string) []byte {
	data, err := os.ReadFile(path.Join(root, name))
	if err != nil {
		return nil
	}
	return data
}

// field gives what stands behind a name at the beginning of a line.
func field(data []byte, name string) []byte {
	for line := range bytes.Lines(data) {
		if words := bytes.Fields(line); len(words) > 1 && string(words[0]) == name {
			return words[1]
		}
	}
	return nil
}

// number is 0 for what is none, such as "max".
func number(text []byte) uint64 {
	n, err := strconv.ParseUint(string(bytes.TrimSpace(text)), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

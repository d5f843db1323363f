package memory

import (
	"os"
	"path/filepath"
	"testing"
)

const meminfo = "MemTotal:  8000 kB\nMemFree:  10 kB\nMemAvailable:    4000 kB\n"

// An amount over what a group allows has the process killed, one that is far
// below makes it give up early.
func TestAvailableIsTheLeastOfAllLimits(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  uint64
	}{
		"nothing is known": {nil, 0},
		"no group":         {map[string]string{"proc/meminfo": meminfo}, 4000 << 10},
		"version 2": {map[string]string{"proc/meminfo": meminfo, "proc/self/cgroup": "0::/a/b\n",
			"sys/fs/cgroup/a/b/memory.max": "max\n", "sys/fs/cgroup/a/memory.max": "3000\n",
			"sys/fs/cgroup/a/memory.current": "1000\n", "sys/fs/cgroup/a/memory.stat": "anon 1\ninactive_file 400\n"}, 2400},
		"version 1": {map[string]string{"proc/meminfo": meminfo, "proc/self/cgroup": "5:cpu:/\n4:cpuset,memory:/a\n0::/\n",
			"sys/fs/cgroup/memory/a/memory.limit_in_bytes": "3000\n", "sys/fs/cgroup/memory/a/memory.usage_in_bytes": "1000\n",
			"sys/fs/cgroup/memory/a/memory.stat": "inactive_file 1\ntotal_inactive_file 400\n"}, 2400},
		"version 1 without a limit": {map[string]string{"proc/meminfo": meminfo, "proc/self/cgroup": "4:memory:/\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 4000 << 10},
		"a path of outside": {map[string]string{"proc/meminfo": meminfo, "proc/self/cgroup": "0::/../../elsewhere\n",
			"sys/fs/cgroup/memory.max": "2000\n"}, 2000},
		"more than the machine has": {map[string]string{"proc/meminfo": meminfo, "proc/self/cgroup": "0::/\n",
			"sys/fs/cgroup/memory.max": "20000000\n"}, 4000 << 10},
		"used up": {map[string]string{"proc/meminfo": meminfo, "proc/self/cgroup": "0::/\n",
			"sys/fs/cgroup/memory.max": "2000\n", "sys/fs/cgroup/memory.current": "2100\n"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			for file, text := range c.files {
				file = filepath.Join(root, file)
				if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if got := available(root); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}

func TestAvailableHere(t *testing.T) {
	if got := Available(); got < 1<<20 {
		t.Errorf("this machine has %d bytes", got)
	}
}

func BenchmarkAvailable(b *testing.B) {
	for b.Loop() {
		Available()
	}
}

func BenchmarkInUse(b *testing.B) {
	for b.Loop() {
		InUse()
	}
}

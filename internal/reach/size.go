package reach

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// leastMemory is what a far side needs to do anything.
const leastMemory = 32 << 20

// units of sizes, the largest first.
var units = []struct {
	name string
	size int64
}{{"TiB", 1 << 40}, {"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}, {"", 1}}

// parseSize reads an amount of memory for a far side. The error goes on where the
// setting was named.
func parseSize(text string) (int64, error) {
	for _, unit := range units {
		digits, ok := strings.CutSuffix(text, unit.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(digits, 10, 64)
		if err != nil || n < 0 || n > math.MaxInt64/unit.size {
			break
		}
		if n*unit.size < leastMemory {
			return 0, fmt.Errorf("is less than the %s that a far side needs", formatSize(leastMemory))
		}
		return n * unit.size, nil
	}
	return 0, fmt.Errorf("is not a size, such as 512MiB or 2GiB")
}

// formatSize writes a size in the largest unit in which it is a whole number.
func formatSize(size int64) string {
	for _, unit := range units {
		if size%unit.size == 0 {
			return strconv.FormatInt(size/unit.size, 10) + unit.name
		}
	}
	panic("unreachable: the last unit divides everything")
}

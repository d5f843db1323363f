package stamp

import (
	"io/fs"
	"time"
)

// changed is not among what Windows tells of a file cheaply.
func changed(fs.FileInfo) time.Time { return time.Unix(0, 0) }

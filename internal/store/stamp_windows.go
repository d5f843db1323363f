package store

import (
	"io/fs"
	"time"
)

// changeTime is not among what Windows tells of a file cheaply.
func changeTime(fs.FileInfo) time.Time { return time.Time{} }

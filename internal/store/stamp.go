package store

import (
	"io/fs"
	"os"
	"time"
)

// A stamp tells whether a file is still what it was. The time of change is in it
// because the time of modification can be set to what it was before.
type stamp struct {
	info    fs.FileInfo
	changed time.Time
}

func stampOf(info fs.FileInfo) stamp { return stamp{info, changeTime(info)} }

func (a stamp) equal(b stamp) bool {
	return a.info != nil && b.info != nil && os.SameFile(a.info, b.info) &&
		a.info.Size() == b.info.Size() && a.info.ModTime().Equal(b.info.ModTime()) && a.changed.Equal(b.changed)
}

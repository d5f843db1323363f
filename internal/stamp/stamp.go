// Package stamp tells whether a file is still what it was, without reading it.
package stamp

import (
	"io/fs"
	"time"
)

// A Stamp is what is known of a file without reading it. The time of change is in it
// because the time of modification can be set to what it was before, and so can a file
// be another of the same name: that changes too.
type Stamp struct {
	Size              int64
	Modified, Changed int64 // in nanoseconds since 1970
}

// Of gives the stamp of a file. That of no file is the zero Stamp.
func Of(info fs.FileInfo) Stamp {
	return Stamp{info.Size(), info.ModTime().UnixNano(), changed(info).UnixNano()}
}

// Settled reports whether a file that has this stamp and changes after now will have
// another. One that was changed just before may not: a file system may tell no more
// than seconds.
func (s Stamp) Settled(now time.Time) bool {
	return now.UnixNano()-max(s.Modified, s.Changed) > int64(granularity)
}

const granularity = 2 * time.Second

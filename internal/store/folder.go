package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// prepare makes the folder where there is none, and checks it.
func prepare(dir string) error {
	err := checkFolder(dir)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return checkFolder(dir)
}

// checkFolder refuses a folder in which somebody else could put programs for this
// user to run.
func checkFolder(dir string) error {
	info, err := os.Lstat(dir)
	switch {
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return fmt.Errorf("%s is a symbolic link, and is not followed; remove it or name the folder itself", dir)
	case !info.IsDir():
		return fmt.Errorf("%s is not a folder; remove it or name another", dir)
	case !isOwn(info):
		return fmt.Errorf("%s belongs to another user; remove it or name a folder of your own", dir)
	case othersWrite(info):
		return fmt.Errorf("others may write to %s (%v); remove it, or look at what is in it and chmod 700 it", dir, info.Mode())
	}
	return nil
}

// isProgram reports whether what is under a program's name may be run, if its bytes
// are right.
func isProgram(info fs.FileInfo) bool {
	return info.Mode().IsRegular() && isOwn(info) && !othersWrite(info) && canRun(info)
}

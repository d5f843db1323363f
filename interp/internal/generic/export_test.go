package generic

// Read reads a name of a package anew, or all if it is empty.
func Read(importPath, name string) error {
	parsed.Delete(importPath)
	_, err := read(importPath, name)
	return err
}

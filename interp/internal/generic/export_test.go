package generic

// Read reads a package anew.
func Read(importPath string) error {
	_, err := read(importPath)
	return err
}

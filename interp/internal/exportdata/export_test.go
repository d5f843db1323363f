package exportdata

// Std is the archive of the standard library.
func Std() string { return std }

// Own is the archive of our own packages.
func Own() string { return own }

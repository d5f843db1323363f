package exportdata

// Std is the archive of the standard library.
func Std() []byte { return std }

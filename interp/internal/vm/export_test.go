package vm

// Enrolled is how many programs are noted.
func Enrolled() int {
	roll.Lock()
	defer roll.Unlock()
	return len(roll.programs)
}

package process

// Overlap is how much of the end of data may be the beginning of mark.
func Overlap(data, mark string) int { return overlap([]byte(data), []byte(mark)) }

// LoggerLock is what we take for the lock of a logger.
var LoggerLock = loggerLock

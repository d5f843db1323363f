package pin

import "fmt"

// A MismatchError says that a server showed another key than the one it should have.
type MismatchError struct {
	Want, Got string // fingerprints

	// What follows is empty if Want was given and not read from a file.
	Address string
	File    string
	Line    int
}

// Error says both keys, and what to look at before anything is changed.
func (e *MismatchError) Error() string {
	const advice = "either the server has a new key, or somebody is in between; " +
		"ask those who run it for its fingerprint, by another way than this, and only if it is the new one "
	if e.File == "" {
		return fmt.Sprintf("the server's key is %s and not %s: "+advice+"give that instead", e.Got, e.Want)
	}
	return fmt.Sprintf("the key of %s is %s and not %s, which %s:%d has: "+advice+"change that line",
		e.Address, e.Got, e.Want, e.File, e.Line)
}

// An UnknownError says that nothing is known yet of a server's key.
type UnknownError struct {
	Address     string
	Fingerprint string
}

// Error says how the server can be made known.
func (e *UnknownError) Error() string {
	return fmt.Sprintf("the server %s is not known; its key is %s: if those who run it say the same, "+
		"add key=%s to the spec, or trust=first-use to have it recorded", e.Address, e.Fingerprint, e.Fingerprint)
}

// Exactly gives the check for one fingerprint, which compares in constant time. Its
// error is a [MismatchError].
func Exactly(fingerprint string) func(string) error {
	return func(got string) error {
		if !IsFingerprint(fingerprint) {
			return errNoFingerprint
		}
		if !same(fingerprint, got) {
			return &MismatchError{Want: fingerprint, Got: got}
		}
		return nil
	}
}

package knownhosts

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
)

// askFirst says what has to come before a key is accepted by hand.
const askFirst = "ask those who run it for its fingerprint, by another way than this"

// An UnknownError says that nothing is known yet of a host's key.
type UnknownError struct {
	Name        string
	Key         ssh.PublicKey
	Authorities []Entry // could have signed its key
	Damaged     []Place // lines about it that cannot be understood
}

func (e *UnknownError) Error() string {
	text := fmt.Sprintf("%s is not known; its key is %s: %s", e.Name, describe(e.Key), askFirst)
	if len(e.Authorities) > 0 {
		text += fmt.Sprintf("; %v has an authority for it, which has not signed this key", e.Authorities[0].Place)
	}
	if len(e.Damaged) > 0 {
		text += fmt.Sprintf("; %v is about it and cannot be understood: correct the line or remove it", e.Damaged[0])
	}
	return text
}

// A ChangedError says that a host showed another key than those it is known by.
type ChangedError struct {
	Name  string
	Key   ssh.PublicKey
	Known []Entry
}

func (e *ChangedError) Error() string {
	sameType := slices.IndexFunc(e.Known, func(known Entry) bool { return known.Key.Type() == e.Key.Type() })
	if sameType >= 0 {
		known := e.Known[sameType]
		return fmt.Sprintf("the key of %s is %s and not %s, which %v has: either it has a new key, or somebody is in between; "+
			"%s, and only if it is the new one change that line", e.Name, describe(e.Key), ssh.FingerprintSHA256(known.Key), known.Place, askFirst)
	}
	var known []string
	for _, entry := range e.Known {
		known = append(known, fmt.Sprintf("%s (%v)", describe(entry.Key), entry.Place))
	}
	return fmt.Sprintf("%s shows a key of another type than it is known by: %s, and known is %s: either its keys have been changed, "+
		"or somebody is in between; %s, and only if it is that add it to %s",
		e.Name, describe(e.Key), strings.Join(known, ", "), askFirst, e.Known[0].File)
}

// A RevokedError says that a key must not be used any more.
type RevokedError struct {
	Name  string
	Key   ssh.PublicKey
	Place Place
}

func (e *RevokedError) Error() string {
	return fmt.Sprintf("%s shows a key that %v revokes: %s; somebody may have stolen it, so do not connect before those who run the host have made a new one",
		e.Name, e.Place, describe(e.Key))
}

// A CertificateError says what is wrong with a certificate from a known authority.
type CertificateError struct {
	Name      string
	Key       ssh.PublicKey
	Authority Place
	Err       error
}

func (e *CertificateError) Error() string {
	return fmt.Sprintf("the certificate of %s for %s, by the authority of %v, is not good: %v; those who run the host must renew it",
		e.Name, describe(e.Key), e.Authority, e.Err)
}

// Unwrap gives the cause.
func (e *CertificateError) Unwrap() error { return e.Err }

// describe gives a key as ssh-keygen -l does.
func describe(key ssh.PublicKey) string { return key.Type() + " " + ssh.FingerprintSHA256(key) }

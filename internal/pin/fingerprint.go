package pin

import (
	"crypto/sha256"
	"crypto/subtle"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"strings"
)

const fingerprintPrefix = "SHA256:"

// errNoFingerprint does not repeat the text, which may be a secret in the wrong place.
var errNoFingerprint = errors.New("the fingerprint of a key is SHA256: and 43 letters, digits, - and _, and this is none")

// fingerprintOf names the public key alone, so that a new certificate for the same
// key changes nothing.
func fingerprintOf(certificate *x509.Certificate) string {
	return formatFingerprint(sha256.Sum256(certificate.RawSubjectPublicKeyInfo))
}

// formatFingerprint uses the form of base64 that has no slash, since a double one
// separates the settings of a spec.
func formatFingerprint(hash [sha256.Size]byte) string {
	return fingerprintPrefix + base64.RawURLEncoding.EncodeToString(hash[:])
}

// IsFingerprint reports whether text is a fingerprint as [Key.Fingerprint] writes it.
// There is one way to write each: other forms of base64 are none.
func IsFingerprint(text string) bool {
	hash, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(text, fingerprintPrefix))
	return err == nil && len(hash) == sha256.Size && formatFingerprint([sha256.Size]byte(hash)) == text
}

// same compares two fingerprints in constant time.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

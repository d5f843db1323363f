package pin

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
)

// LoadCertificate reads what a client shows to a server that wants certificates: one
// PEM file with the certificate, those between it and its authority, and the private
// key. A file that others can read is refused, and so is a certificate that is not
// valid now: the server would not say as clearly why.
func LoadCertificate(path string) (*tls.Certificate, error) {
	content, err := readPrivate(path)
	if err != nil {
		return nil, fmt.Errorf("certificate file %w", err)
	}
	certificate, err := parseCertificate(content)
	if err == nil {
		err = validAt(certificate.Leaf, time.Now())
	}
	if err != nil {
		return nil, fmt.Errorf("certificate file %s %w", path, err)
	}
	return certificate, nil
}

func parseCertificate(content []byte) (*tls.Certificate, error) {
	blocks, err := pemBlocks(content)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(blocks, isKey) {
		return nil, errors.New("has no private key; append the key's PEM text to it")
	}
	if !slices.ContainsFunc(blocks, isCertificate) {
		return nil, errors.New("has no certificate; put the certificate's PEM text before its key")
	}
	certificate, err := tls.X509KeyPair(content, content)
	if err != nil {
		return nil, fmt.Errorf("cannot be used: %w", err)
	}
	return &certificate, nil
}

func validAt(leaf *x509.Certificate, now time.Time) error {
	if now.After(leaf.NotAfter) {
		return fmt.Errorf("expired at %s; have a new one signed", leaf.NotAfter.Format(time.RFC3339))
	}
	if now.Before(leaf.NotBefore) {
		return fmt.Errorf("is not valid before %s; look at this machine's clock, which shows %s",
			leaf.NotBefore.Format(time.RFC3339), now.UTC().Format(time.RFC3339))
	}
	return nil
}

// LoadPool reads the certificates of the authorities whose clients a server accepts,
// in PEM. A file that has none, or anything else, is refused.
func LoadPool(path string) (*x509.CertPool, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("file of authorities %w", withPath(path, err))
	}
	pool, err := parsePool(content)
	if err != nil {
		return nil, fmt.Errorf("file of authorities %s %w; it must have certificates in PEM and nothing else", path, err)
	}
	return pool, nil
}

func parsePool(content []byte) (*x509.CertPool, error) {
	blocks, err := pemBlocks(content)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	for i, block := range blocks {
		if !isCertificate(block) {
			return nil, fmt.Errorf("has a PEM block %q", block.Type)
		}
		authority, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("has a damaged certificate, number %d: %w", i+1, err)
		}
		pool.AddCert(authority)
	}
	return pool, nil
}

func isCertificate(block *pem.Block) bool { return block.Type == certificateType }

// Package form says how Go types travel, without doing it: the form of each type, the
// fields of structs that take part and their keys, what goes by reference, and what an
// error becomes.
//
// Struct tags are those of github.com/fxamacker/cbor: the key `cbor`, else `json`, with
// a name, "-", omitempty, omitzero, keyasint, and toarray on a field named "_".
package form

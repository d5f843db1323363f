package native

import "reflect"

// Symbols gives what an interpreter needs to know this package by: its
// functions, and a nil pointer to each of its types.
func Symbols() map[string]reflect.Value {
	return map[string]reflect.Value{
		"AddCleanup":      reflect.ValueOf(AddCleanup),
		"Call":            reflect.ValueOf(Call),
		"Comparable":      reflect.ValueOf(Comparable),
		"ConvertAssign":   reflect.ValueOf(ConvertAssign),
		"GetBinding":      reflect.ValueOf(GetBinding),
		"HKDFExpand":      reflect.ValueOf(HKDFExpand),
		"HKDFExtract":     reflect.ValueOf(HKDFExtract),
		"HKDFKey":         reflect.ValueOf(HKDFKey),
		"MakeUnique":      reflect.ValueOf(MakeUnique),
		"MakeWeak":        reflect.ValueOf(MakeWeak),
		"PBKDF2Key":       reflect.ValueOf(PBKDF2Key),
		"Pull":            reflect.ValueOf(Pull),
		"Unique":          reflect.ValueOf((*Unique)(nil)),
		"Weak":            reflect.ValueOf((*Weak)(nil)),
		"WriteComparable": reflect.ValueOf(WriteComparable),
	}
}

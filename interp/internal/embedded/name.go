package embedded

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// isBad reports whether a module cannot have a file or folder of this name.
func isBad(elem string) bool {
	switch {
	case elem == "" || elem[len(elem)-1] == '.' || !utf8.ValidString(elem):
		return true
	case slices.Contains([]string{".bzr", ".hg", ".git", ".svn"}, elem):
		return true // what is under version control has no such
	}
	short, _, _ := strings.Cut(strings.ToUpper(elem), ".")
	return slices.Contains(devices, short) || strings.ContainsFunc(elem, isBadRune)
}

// devices are what Windows keeps for itself.
var devices = []string{"CON", "PRN", "AUX", "NUL",
	"COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
	"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9"}

func isBadRune(r rune) bool {
	if r >= utf8.RuneSelf {
		return !unicode.IsLetter(r)
	}
	return r < ' ' || r == '\x7f' || strings.ContainsRune("\"'*/:;<>?\\`|", r)
}

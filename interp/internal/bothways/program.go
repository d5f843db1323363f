package bothways

// A Program is what is run both ways: the one file of a package main, and the
// packages that it imports beside the standard library.
type Program struct {
	Name     string // of Main, for positions and messages
	Main     string // the text
	Packages []Package
	Args     []string // os.Args without the program's name
	Dir      string   `json:"-"` // the working directory of both; "" means this process's
}

// A Package is one that a program imports. A program lists each of its packages
// after those that it imports itself.
type Package struct {
	Path  string
	Files []File
}

// A File is one file of a package.
type File struct{ Name, Text string }

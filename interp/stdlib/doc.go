// Package stdlib holds the standard library's symbols in the form that the
// yaegi interpreter takes: for each package a table from names to
// [reflect.Value]. It stands in for yaegi's own package of that name, which
// fills all of its tables when the process starts; here nothing happens before
// [Symbols] is asked for a package.
//
// # What is in a table
//
//   - functions, typed constants and booleans, as they are;
//   - other untyped constants as a [go/constant.Value] of full precision, with
//     the value they have on this platform;
//   - variables, addressable;
//   - types, as nil pointers to them;
//   - for each interface X that is not a constraint, under _X, its wrapper: a
//     struct that has the methods of X and calls the functions in its fields.
//     The interpreter fills one when compiled code is handed an interpreted
//     value. The wrapper of an interface without methods, or with some that
//     cannot be written elsewhere, has none.
//
// Generic functions and types, and constraints, are unknown to reflection and
// in no table. Nothing is restricted either: os.Exit exits. An interpreter that
// wants another os.Exit, or its own standard output behind fmt.Println,
// replaces the entry in the map that it was given.
//
// # What else to load
//
// An import makes types of other packages reachable: bufio.NewScanner wants an
// io.Reader, whether or not the program imports io. The interpreter looks for
// the wrapper of io.Reader in the table of io, and crashes if it has none. So
// for each package imported give it the [Symbols] of that package, the
// [Wrappers] of those that it [Needs], and the [MapTypes] of all of them. With
// p a path and i an *interp.Interpreter:
//
//	load := func(p string, table map[string]reflect.Value) {
//		key := p + "//" + stdlib.Name(p)
//		types := make(map[reflect.Value][]reflect.Type)
//		for name, ts := range stdlib.MapTypes(p) {
//			if v, ok := table[name]; ok {
//				types[v] = ts
//			}
//		}
//		i.Use(interp.Exports{key: table, ".": {"MapTypes": reflect.ValueOf(types)}})
//	}
//	for _, need := range stdlib.Needs(p) {
//		load(need, stdlib.Wrappers(need))
//	}
//	load(p, stdlib.Symbols(p))
//
// The two slashes are on purpose: given a table under the key fmt/fmt, yaegi
// replaces symbols and compiles its sources of generic packages.
//
// # Packages and platforms
//
// The packages are those of the Go release that generated the tables, Go 1.26,
// except plugin, runtime/cgo, runtime/race, syscall/js and unsafe, and those
// that do something by being linked: expvar and net/http/pprof, which put
// handlers on http.DefaultServeMux, and time/tzdata. On linux, darwin and
// windows, each on amd64 and arm64, all others are there; on any other platform
// those are missing that differ between these: log/syslog and syscall.
//
// A program that imports this package links all of the standard library.
package stdlib

//go:generate go run ../internal/gensymbols

package stdlib

import (
	"encoding"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"reflect"
)

// MapTypes says which symbols of a package treat a value by more methods than
// their types show, and which. The keys are the names of symbols in the
// package's table:
//
//   - A function with parameters of type any, such as Println: the interfaces
//     to look for in an interpreted argument, the first that it implements wins.
//   - The wrapper of an interface, such as _Writer: wrappers to be taken instead
//     for a value that has all of their methods, the most demanding first.
//
// yaegi keys its own map by the [reflect.Value] in its symbol table, hence the
// names here: look up the name in the map that the interpreter was really
// given. Who replaces Println and then keys by the Value of fmt.Println gets a
// Println to which no interpreted type is a fmt.Stringer.
//
// The built-in interface error is under the name _error of the import path "".
// Its wrapper belongs to yaegi: i.Symbols("")[""]["_error"].
func MapTypes(importPath string) map[string][]reflect.Type {
	switch importPath {
	case "":
		return map[string][]reflect.Type{"_error": errorTypes()}
	case "encoding/json":
		return codec(typeOf[json.Marshaler](), typeOf[json.Unmarshaler]())
	case "encoding/xml":
		return codec(typeOf[xml.Marshaler](), typeOf[xml.Unmarshaler]())
	case "fmt":
		return fmtTypes()
	case "io":
		return map[string][]reflect.Type{
			"_Reader": {typeOf[_io_ByteScanner_Reader](), typeOf[_io_Reader_WriterTo](), typeOf[_io_ReadCloser]()},
			"_Writer": {typeOf[_io_Writer_ReaderFrom]()},
		}
	case "io/fs":
		return fsTypes()
	case "log":
		return functions(printing(), "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln", "Print", "Printf", "Println")
	case "log/slog":
		return functions([]reflect.Type{
			typeOf[slog.LogValuer](), typeOf[encoding.TextMarshaler](), typeOf[error](), typeOf[fmt.Stringer](),
		}, "Any", "AnyValue", "Debug", "DebugContext", "Error", "ErrorContext", "Group", "Info", "InfoContext",
			"Log", "Warn", "WarnContext", "With")
	case "net/http":
		return map[string][]reflect.Type{"_ResponseWriter": {
			typeOf[_net_http_ResponseWriter_Flusher_Hijacker](),
			typeOf[_net_http_ResponseWriter_Hijacker](),
			typeOf[_net_http_ResponseWriter_Flusher](),
		}}
	}
	return nil
}

// mapNeeds gives the packages whose wrappers the MapTypes of a package take.
func mapNeeds(importPath string) []string {
	switch importPath {
	case "encoding/json", "encoding/xml":
		return []string{"encoding"}
	case "log":
		return []string{"fmt"}
	case "log/slog":
		return []string{"encoding", "fmt"}
	}
	return nil
}

// functions gives several functions the same types.
func functions(types []reflect.Type, names ...string) map[string][]reflect.Type {
	m := make(map[string][]reflect.Type, len(names))
	for _, name := range names {
		m[name] = types
	}
	return m
}

// printing lists what package fmt looks for in what it prints, in its order.
func printing() []reflect.Type {
	return []reflect.Type{typeOf[fmt.Formatter](), typeOf[error](), typeOf[fmt.Stringer](), typeOf[fmt.GoStringer]()}
}

func fmtTypes() map[string][]reflect.Type {
	m := functions(printing(), "Append", "Appendf", "Appendln", "Errorf", "Fprint", "Fprintf", "Fprintln",
		"Print", "Printf", "Println", "Sprint", "Sprintf", "Sprintln")
	for _, name := range []string{"Fscan", "Fscanf", "Fscanln", "Scan", "Scanf", "Scanln", "Sscan", "Sscanf", "Sscanln"} {
		m[name] = []reflect.Type{typeOf[fmt.Scanner]()}
	}
	m["_Stringer"] = []reflect.Type{typeOf[_fmt_Stringer_Writer](), typeOf[_fmt_Stringer_GoStringer]()}
	return m
}

func fsTypes() map[string][]reflect.Type {
	return map[string][]reflect.Type{
		"_FS": {
			typeOf[_io_fs_ReadDirFS_ReadFileFS_StatFS](),
			typeOf[_io_fs_ReadFileFS](), typeOf[_io_fs_ReadDirFS](), typeOf[_io_fs_StatFS](),
		},
		"_File": {
			typeOf[_io_fs_ReadDirFile_Seeker](), typeOf[_io_fs_ReadDirFile](), typeOf[_io_fs_File_Seeker](),
		},
	}
}

func errorTypes() []reflect.Type {
	return []reflect.Type{
		typeOf[_error_Is_Unwrap](), typeOf[_error_As](), typeOf[_error_Is](), typeOf[_error_Unwrap](),
	}
}

// codec is for packages with Marshal, MarshalIndent and Unmarshal.
func codec(marshaler, unmarshaler reflect.Type) map[string][]reflect.Type {
	m := functions([]reflect.Type{marshaler, typeOf[encoding.TextMarshaler]()}, "Marshal", "MarshalIndent")
	m["Unmarshal"] = []reflect.Type{unmarshaler, typeOf[encoding.TextUnmarshaler]()}
	return m
}

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

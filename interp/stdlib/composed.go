package stdlib

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
)

// The wrappers in this file are for values that have the methods of several
// interfaces, where compiled code asks for one and tests for another. The
// interpreter reads their fields: the first holds the value, each further one
// is called W and the name of a method.

// _bare is the wrapper of all interfaces without methods, and of those that
// only their own package can implement. It lets the interpreter pass nil.
type _bare struct{ IValue any }

// Of the types that fmt prints: one that is written to, and that may itself be
// the first argument of Fprint; and one with a Go syntax of its own.
type (
	_fmt_Stringer_Writer struct {
		IValue  any
		WString func() string
		WWrite  func([]byte) (int, error)
	}
	_fmt_Stringer_GoStringer struct {
		IValue    any
		WString   func() string
		WGoString func() string
	}
)

func (w _fmt_Stringer_Writer) String() string {
	if w.WString == nil {
		return ""
	}
	return w.WString()
}
func (w _fmt_Stringer_Writer) Write(p []byte) (int, error) { return w.WWrite(p) }

func (w _fmt_Stringer_GoStringer) String() string {
	if w.WString == nil {
		return ""
	}
	return w.WString()
}
func (w _fmt_Stringer_GoStringer) GoString() string { return w.WGoString() }

// io.Copy asks for WriteTo and ReadFrom, decoders for single bytes.
type (
	_io_Reader_WriterTo struct {
		IValue   any
		WRead    func([]byte) (int, error)
		WWriteTo func(io.Writer) (int64, error)
	}
	_io_Writer_ReaderFrom struct {
		IValue    any
		WWrite    func([]byte) (int, error)
		WReadFrom func(io.Reader) (int64, error)
	}
	_io_ByteScanner_Reader struct {
		IValue      any
		WRead       func([]byte) (int, error)
		WReadByte   func() (byte, error)
		WUnreadByte func() error
	}
)

func (w _io_Reader_WriterTo) Read(p []byte) (int, error)               { return w.WRead(p) }
func (w _io_Reader_WriterTo) WriteTo(to io.Writer) (int64, error)      { return w.WWriteTo(to) }
func (w _io_Writer_ReaderFrom) Write(p []byte) (int, error)            { return w.WWrite(p) }
func (w _io_Writer_ReaderFrom) ReadFrom(from io.Reader) (int64, error) { return w.WReadFrom(from) }
func (w _io_ByteScanner_Reader) Read(p []byte) (int, error)            { return w.WRead(p) }
func (w _io_ByteScanner_Reader) ReadByte() (byte, error)               { return w.WReadByte() }
func (w _io_ByteScanner_Reader) UnreadByte() error                     { return w.WUnreadByte() }

// io/fs asks a file system and a file what more they can do.
type (
	_io_fs_ReadDirFS_ReadFileFS_StatFS struct {
		IValue    any
		WOpen     func(string) (fs.File, error)
		WReadDir  func(string) ([]fs.DirEntry, error)
		WReadFile func(string) ([]byte, error)
		WStat     func(string) (fs.FileInfo, error)
	}
	_io_fs_File_Seeker struct {
		IValue any
		WClose func() error
		WRead  func([]byte) (int, error)
		WSeek  func(int64, int) (int64, error)
		WStat  func() (fs.FileInfo, error)
	}
	_io_fs_ReadDirFile_Seeker struct {
		IValue   any
		WClose   func() error
		WRead    func([]byte) (int, error)
		WReadDir func(int) ([]fs.DirEntry, error)
		WSeek    func(int64, int) (int64, error)
		WStat    func() (fs.FileInfo, error)
	}
)

func (w _io_fs_ReadDirFS_ReadFileFS_StatFS) Open(name string) (fs.File, error) { return w.WOpen(name) }
func (w _io_fs_ReadDirFS_ReadFileFS_StatFS) ReadDir(name string) ([]fs.DirEntry, error) {
	return w.WReadDir(name)
}
func (w _io_fs_ReadDirFS_ReadFileFS_StatFS) ReadFile(name string) ([]byte, error) {
	return w.WReadFile(name)
}
func (w _io_fs_ReadDirFS_ReadFileFS_StatFS) Stat(name string) (fs.FileInfo, error) {
	return w.WStat(name)
}

func (w _io_fs_File_Seeker) Close() error                                { return w.WClose() }
func (w _io_fs_File_Seeker) Read(p []byte) (int, error)                  { return w.WRead(p) }
func (w _io_fs_File_Seeker) Seek(off int64, from int) (int64, error)     { return w.WSeek(off, from) }
func (w _io_fs_File_Seeker) Stat() (fs.FileInfo, error)                  { return w.WStat() }
func (w _io_fs_ReadDirFile_Seeker) Close() error                         { return w.WClose() }
func (w _io_fs_ReadDirFile_Seeker) Read(p []byte) (int, error)           { return w.WRead(p) }
func (w _io_fs_ReadDirFile_Seeker) ReadDir(n int) ([]fs.DirEntry, error) { return w.WReadDir(n) }
func (w _io_fs_ReadDirFile_Seeker) Seek(off int64, from int) (int64, error) {
	return w.WSeek(off, from)
}
func (w _io_fs_ReadDirFile_Seeker) Stat() (fs.FileInfo, error) { return w.WStat() }

// net/http asks a response writer whether it can be flushed or taken over.
type (
	_net_http_ResponseWriter_Flusher struct {
		IValue       any
		WHeader      func() http.Header
		WWrite       func([]byte) (int, error)
		WWriteHeader func(int)
		WFlush       func()
	}
	_net_http_ResponseWriter_Hijacker struct {
		IValue       any
		WHeader      func() http.Header
		WWrite       func([]byte) (int, error)
		WWriteHeader func(int)
		WHijack      func() (net.Conn, *bufio.ReadWriter, error)
	}
	_net_http_ResponseWriter_Flusher_Hijacker struct {
		IValue       any
		WHeader      func() http.Header
		WWrite       func([]byte) (int, error)
		WWriteHeader func(int)
		WFlush       func()
		WHijack      func() (net.Conn, *bufio.ReadWriter, error)
	}
)

func (w _net_http_ResponseWriter_Flusher) Header() http.Header          { return w.WHeader() }
func (w _net_http_ResponseWriter_Flusher) Write(p []byte) (int, error)  { return w.WWrite(p) }
func (w _net_http_ResponseWriter_Flusher) WriteHeader(code int)         { w.WWriteHeader(code) }
func (w _net_http_ResponseWriter_Flusher) Flush()                       { w.WFlush() }
func (w _net_http_ResponseWriter_Hijacker) Header() http.Header         { return w.WHeader() }
func (w _net_http_ResponseWriter_Hijacker) Write(p []byte) (int, error) { return w.WWrite(p) }
func (w _net_http_ResponseWriter_Hijacker) WriteHeader(code int)        { w.WWriteHeader(code) }
func (w _net_http_ResponseWriter_Hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w.WHijack()
}
func (w _net_http_ResponseWriter_Flusher_Hijacker) Header() http.Header         { return w.WHeader() }
func (w _net_http_ResponseWriter_Flusher_Hijacker) Write(p []byte) (int, error) { return w.WWrite(p) }
func (w _net_http_ResponseWriter_Flusher_Hijacker) WriteHeader(code int)        { w.WWriteHeader(code) }
func (w _net_http_ResponseWriter_Flusher_Hijacker) Flush()                      { w.WFlush() }
func (w _net_http_ResponseWriter_Flusher_Hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w.WHijack()
}

// Package errors asks an error what it wraps and what it counts as. There are
// two forms of Unwrap and the interpreter goes by names alone, so its field
// takes either: func() error or func() []error.
type (
	_error_Unwrap struct {
		IValue  any
		WError  func() string
		WUnwrap any
	}
	_error_Is struct {
		IValue any
		WError func() string
		WIs    func(error) bool
	}
	_error_As struct {
		IValue any
		WError func() string
		WAs    func(any) bool
	}
	_error_Is_Unwrap struct {
		IValue  any
		WError  func() string
		WIs     func(error) bool
		WUnwrap any
	}
)

func (w _error_Unwrap) Error() string           { return w.WError() }
func (w _error_Unwrap) Unwrap() error           { return unwrap(w.WUnwrap) }
func (w _error_Is) Error() string               { return w.WError() }
func (w _error_Is) Is(target error) bool        { return w.WIs(target) }
func (w _error_As) Error() string               { return w.WError() }
func (w _error_As) As(target any) bool          { return w.WAs(target) }
func (w _error_Is_Unwrap) Error() string        { return w.WError() }
func (w _error_Is_Unwrap) Is(target error) bool { return w.WIs(target) }
func (w _error_Is_Unwrap) Unwrap() error        { return unwrap(w.WUnwrap) }

// unwrap calls an Unwrap of either form. Several errors become one that wraps
// them all.
func unwrap(method any) error {
	switch method := method.(type) {
	case func() error:
		return method()
	case func() []error:
		return errors.Join(method()...)
	}
	return nil
}

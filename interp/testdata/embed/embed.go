// Package embed shows what it embeds.
package embed

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
)

//go:embed hello.txt
var Hello string

type text string

type octet byte

//go:embed hello.txt
var named text

//go:embed "hello.txt"
var octets []octet

var (
	//go:embed hello.txt
	data []byte

	// static are files.
	//
	//go:embed static *.txt
	//go:embed nested/page.tmpl
	static embed.FS
)

//go:embed all:static
var all embed.FS

//go:embed empty.txt
var empty []byte

var none embed.FS

// words are initialised after what is embedded.
var words = strings.Fields(Hello)

var before = string(data)

func init() { data[0] = 'J' }

// Show prints what was embedded, in the ways of compiled code.
func Show() {
	fmt.Printf("%q %q %q %q %q\n", Hello, named, string(data), words, []byte{byte(octets[0])})
	fmt.Println(before, empty == nil, len(empty))
	for _, files := range []embed.FS{static, all, none} {
		walk(files)
	}
	sub, err := fs.Sub(static, "static")
	fmt.Println(err)
	walk(sub)
	matches, err := fs.Glob(static, "*/*.css")
	fmt.Println(matches, err)
	template.Must(template.ParseFS(static, "nested/*.tmpl")).Execute(writer{}, Hello)
	for _, path := range []string{"/static/css/style.css", "/static/", "/nosuch"} {
		get(path)
	}
	_, err = static.ReadFile("static")
	fmt.Println(err)
	f, err := static.Open("hello.txt")
	fmt.Printf("%T %v %T %v\n", f, err, static, fs.FS(static) == fs.FS(all))
	f.(io.Seeker).Seek(1, io.SeekStart)
	rest, err := io.ReadAll(f)
	fmt.Printf("%q %v\n", rest, err)
}

func walk(files fs.FS) {
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			fmt.Println(path, d, err)
			return err
		}
		text, err := fs.ReadFile(files, path)
		fmt.Printf("%s %v %q %v\n", path, d, text, err)
		return err
	})
	fmt.Println(err)
}

func get(path string) {
	w := httptest.NewRecorder()
	http.FileServer(http.FS(static)).ServeHTTP(w, httptest.NewRequest("GET", path, nil))
	fmt.Println(w.Code, w.Header().Get("Content-Type"), w.Body)
}

type writer struct{}

func (writer) Write(p []byte) (int, error) { return fmt.Print(string(p)) }

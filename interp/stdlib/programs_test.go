package stdlib_test

// programs are run by TestInterpretedProgramsUseTheTables. Mind what they do
// not import: the wrappers of io.Reader and the like must come by way of Needs.
var programs = []struct{ name, source, want string }{
	{"sort an interpreted type", `package main
import ("fmt"; "sort")
type byLen []string
func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }
func main() { s := []string{"ccc", "a", "bb"}; sort.Sort(byLen(s)); fmt.Println(s) }
`, "[a bb ccc]\n"},

	{"print Stringers", `package main
import ("fmt"; "os"; "strings")
type point struct{ x, y int }
func (p point) String() string { return fmt.Sprintf("<%d,%d>", p.x, p.y) }
func main() {
	var b strings.Builder
	fmt.Fprintf(&b, "%v", point{1, 2})
	fmt.Fprint(os.Stdout, "")
	fmt.Println(b.String(), point{3, 4})
}
`, "<1,2> <3,4>\n"},

	{"print an error and a GoStringer", `package main
import "fmt"
type bad struct{ code int }
func (b bad) Error() string { return fmt.Sprint("bad ", b.code) }
type shown struct{ s string }
func (shown) String() string { return "text" }
func (shown) GoString() string { return "syntax" }
func main() { fmt.Println(bad{3}); fmt.Printf("%v %#v\n", shown{}, shown{}) }
`, "bad 3\ntext syntax\n"},

	{"print to a writer that is a Stringer", `package main
import "fmt"
type sink struct{ got string }
func (s *sink) Write(p []byte) (int, error) { s.got += string(p); return len(p), nil }
func (s *sink) String() string              { return "sink of " + s.got }
func main() { s := &sink{}; fmt.Fprintf(s, "%d", 42); fmt.Println(s) }
`, "sink of 42\n"},

	{"errors", `package main
import ("errors"; "fmt"; "io")
type wrapped struct{ err error }
func (w *wrapped) Error() string { return "wrapped " + w.err.Error() }
func (w *wrapped) Unwrap() error { return w.err }
func find() error { return &wrapped{io.EOF} }
func main() {
	err := find()
	fmt.Println(err, errors.Is(err, io.EOF), errors.Is(fmt.Errorf("more: %w", err), io.EOF))
}
`, "wrapped EOF true true\n"},

	{"errors that wrap several", `package main
import ("errors"; "fmt"; "io")
type both struct{}
func (both) Error() string   { return "both" }
func (both) Unwrap() []error { return []error{io.EOF, io.ErrClosedPipe} }
func (both) Is(err error) bool { return err == io.ErrNoProgress }
func find() error { return both{} }
func main() {
	err := find()
	fmt.Println(errors.Is(err, io.ErrClosedPipe), errors.Is(err, io.ErrNoProgress), errors.Is(err, io.ErrShortWrite))
}
`, "true true false\n"},

	{"flush and walk", `package main
import ("fmt"; "io/fs"; "net/http"; "testing/fstest"; "time")
type writer struct{ flushed int }
func (w *writer) Header() http.Header         { return http.Header{} }
func (w *writer) Write(p []byte) (int, error) { return len(p), nil }
func (w *writer) WriteHeader(int)             {}
func (w *writer) Flush()                      { w.flushed++ }
type tree struct{ fs fstest.MapFS }
func (t tree) Open(name string) (fs.File, error)       { return t.fs.Open(name) }
func (t tree) ReadFile(name string) ([]byte, error)    { return []byte("read " + name), nil }
func main() {
	w := &writer{}
	err := http.NewResponseController(w).Flush()
	fmt.Println(w.flushed, err)
	b, err := fs.ReadFile(tree{fstest.MapFS{}}, "x")
	fmt.Println(string(b), err, time.Duration(0))
}
`, "1 <nil>\nread x <nil> 0s\n"},

	{"json", `package main
import ("encoding/json"; "fmt"; "strings")
type colour int
func (c colour) MarshalText() ([]byte, error) { return []byte(strings.Repeat("c", int(c))), nil }
type car struct {
	Name  string ` + "`json:\"name\"`" + `
	Doors int    ` + "`json:\"doors,omitempty\"`" + `
}
func main() {
	b, err := json.Marshal(car{Name: "2CV", Doors: 4})
	fmt.Println(string(b), err)
	var c car
	err = json.Unmarshal(b, &c)
	fmt.Println(c.Name, c.Doors, err)
	b, err = json.Marshal(colour(2))
	fmt.Println(string(b), err)
}
`, "{\"name\":\"2CV\",\"doors\":4} <nil>\n2CV 4 <nil>\n\"cc\" <nil>\n"},

	{"serve http", `package main
import ("fmt"; "net/http"; "net/http/httptest")
type greeter struct{ word string }
func (g greeter) ServeHTTP(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, g.word, r.URL.Path) }
func main() {
	rec := httptest.NewRecorder()
	f := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) })
	f.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/", nil))
	fmt.Println(rec.Code)
	mux := http.NewServeMux()
	mux.Handle("/a", greeter{"hi "})
	rec = httptest.NewRecorder()
	mux.ServeHTTP(rec, httptest.NewRequest("GET", "/a", nil))
	fmt.Println(rec.Body.String())
}
`, "418\nhi /a\n"},

	{"time", `package main
import ("fmt"; "time")
func main() {
	d := 90 * time.Second
	day := time.Date(2024, time.February, 28, 0, 0, 0, 0, time.UTC).AddDate(0, 0, 1)
	fmt.Println(d, d > time.Minute, day.Format(time.DateOnly), day.Weekday() == time.Thursday)
}
`, "1m30s true 2024-02-29 true\n"},

	{"scan an interpreted reader", `package main
import ("bufio"; "fmt"; "strings")
type shouting struct{ r *strings.Reader }
func (s shouting) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	copy(p, strings.ToUpper(string(p[:n])))
	return n, err
}
func main() {
	sc := bufio.NewScanner(shouting{strings.NewReader("one\ntwo")})
	for sc.Scan() { fmt.Println(sc.Text()) }
}
`, "ONE\nTWO\n"},

	{"close an interpreted body", `package main
import ("fmt"; "net/http")
type body struct{}
func (body) Read(p []byte) (int, error) { return 0, nil }
func (body) Close() error               { fmt.Println("closed"); return nil }
func main() {
	req, err := http.NewRequest("PUT", "http://localhost/", body{})
	if err != nil { panic(err) }
	req.Body.Close()
}
`, "closed\n"},

	{"nil for an interface that is sealed", `package main
import ("fmt"; "go/types")
func main() { fmt.Println(types.ExprString(nil), types.IsInterface(types.Universe.Lookup("error").Type())) }
`, "(ast: <nil>) true\n"},

	{"constants", `package main
import ("fmt"; "math"; "os"; "syscall"; "unicode")
func main() {
	var big uint64 = math.MaxUint64
	var f float32 = math.Pi
	fmt.Println(big, math.MaxInt8+1, f, math.Pi*2, unicode.MaxRune == '\U0010FFFF')
	fmt.Println(len(os.Args) > 0, syscall.SIGTERM, os.O_RDONLY|os.O_CREATE != 0)
}
`, "18446744073709551615 128 3.1415927 6.283185307179586 true\ntrue terminated true\n"},
}

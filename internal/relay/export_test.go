package relay

// What a test needs to write records that a Writer does not.
const (
	KindData   = data
	KindEnd    = end
	KindOutput = output
	KindTook   = took
	Window     = window
	MaxOutput  = maxOutput
	MaxEnd     = maxEnd
)

// Record writes a record of any kind.
func (w *Writer) Record(kind byte, body []byte) error { return w.record(kind, body) }

// ReaderBeside makes a Reader that gives beside what is not of the wire.
func ReaderBeside(r *Reader, beside func(kind byte, body []byte) error) *Reader {
	r.beside = beside
	return r
}

// EndBody is what the end record said.
func (r *Reader) EndBody() string { return r.endBody }

package farmain

import (
	"fmt"
	"strings"
)

const (
	module        = "github.com/farside-go/farside"
	channelPath   = module + "/channel"
	channelAlias  = "_channel_" // as in interpreted source
	returnName    = "_return_"
	statementsFun = "_statements_"
)

// WorkerPath is the package that a far function is handed to.
const WorkerPath = module + "/worker"

// Import is the main package that runs a far function of another package.
func Import(path, function string) string {
	return fmt.Sprintf("package main\n\nimport (\n\t\"%s\"\n\n\tfar %q\n)\n\nfunc main() { worker.Run(far.%s) }\n", WorkerPath, path, function)
}

// Inside is a file more of a package main, which runs a far function of it. Its imports
// have names that nothing else in the package has.
func Inside(function string) string {
	return fmt.Sprintf("package main\n\nimport _worker_ %q\n\nfunc main() { _worker_.Run(%s) }\n", WorkerPath, function)
}

// statements is a file more of the package main of bare statements: it gives them what
// they have without declaring it, except what the text declares itself.
func statements(name string, declared map[string]bool) string {
	var vars, set strings.Builder
	for _, v := range []struct{ name, kind string }{
		{"ctx", "_context_.Context"}, {"channel", "*" + channelAlias + ".Channel"}, {"args", "[]any"},
	} {
		if !declared[v.name] {
			fmt.Fprintf(&vars, "var %s %s\n", v.name, v.kind)
			fmt.Fprintf(&set, "\t%s = _%s_\n", v.name, v.name)
		}
	}
	return fmt.Sprintf(statementsText, channelPath, WorkerPath, vars.String(), name, set.String())
}

// statementsText is what package interp does around bare statements.
const statementsText = `package main

import (
	_context_ "context"
	_fmt_ "fmt"
	_os_ "os"

	_channel_ %q
	_worker_ %q
)

%s
var _result_ any
var _error_ error

func main() { _worker_.Run(_far_) }

func _far_(_ctx_ _context_.Context, _channel_ *_channel_.Channel, _args_ ...any) (any, error) {
	if _args_ == nil {
		_args_ = []any{}
	}
	_os_.Args = []string{%q}
	for _, _arg_ := range _args_ {
		_os_.Args = append(_os_.Args, _fmt_.Sprint(_arg_))
	}
%s	_statements_()
	return _result_, _error_
}

func _return_(_values_ ...any) {
	_result_, _error_ = nil, nil
	if n := len(_values_); n > 0 {
		last := _values_[n-1]
		err, isError := last.(error)
		switch {
		case isError:
			_error_ = err
			_values_ = _values_[:n-1]
		case n == 2 && last == nil:
			_values_ = _values_[:1]
		case n == 2:
			_error_ = _fmt_.Errorf("the second value returned is a %%T and not an error", last)
		}
	}
	if _error_ == nil && len(_values_) == 1 {
		_result_ = _values_[0]
	}
}
`

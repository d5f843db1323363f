package interp

import (
	"reflect"

	"github.com/traefik/yaegi/interp"

	"github.com/farside-go/farside/channel"
)

// predeclare gives the interpreter ctx, channel and args under an import path,
// but for those that a session has redeclared.
func (r *run) predeclare(path string, declared map[string]bool) error {
	return r.predeclareIn(r.m.y, path, declared)
}

func (r *run) predeclareIn(y *interp.Interpreter, path string, declared map[string]bool) error {
	ctx, ch := r.ctx, r.job.Channel
	if ch == nil {
		ch = new(channel.Channel) // yaegi takes a nil pointer for a type
	}
	args, err := r.args()
	if err != nil {
		return err
	}
	table := map[string]reflect.Value{
		"ctx":     reflect.ValueOf(&ctx).Elem(),
		"channel": reflect.ValueOf(&ch).Elem(),
		"args":    reflect.ValueOf(&args).Elem(),
	}
	for name := range declared {
		delete(table, name)
	}
	return y.Use(interp.Exports{
		exportKey("context", "context"): library("context").wrappers,
		exportKey(path, "predeclared"):  table,
	})
}

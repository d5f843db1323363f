package interp

import (
	"fmt"
	"log"
	"reflect"
)

// fatalMethods are the methods of *log.Logger that end the process: a program
// has ones of its own, which end the program.
var fatalMethods = map[string]bool{"Logger.Fatal": true, "Logger.Fatalf": true, "Logger.Fatalln": true}

// bindFatal gives the program's own form of such a method, as a function of its
// receiver.
func (s *stdio) bindFatal(name string) reflect.Value {
	const caller = 3
	switch name {
	case "Logger.Fatal":
		return reflect.ValueOf(func(l *log.Logger, a ...any) { l.Output(caller, fmt.Sprint(a...)); s.exit(1) })
	case "Logger.Fatalf":
		return reflect.ValueOf(func(l *log.Logger, format string, a ...any) {
			l.Output(caller, fmt.Sprintf(format, a...))
			s.exit(1)
		})
	}
	return reflect.ValueOf(func(l *log.Logger, a ...any) { l.Output(caller, fmt.Sprintln(a...)); s.exit(1) })
}

//go:build ignore

package main

import (
	"bufio"
	"encoding"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"
)

type level int

func (l level) MarshalText() ([]byte, error) { return []byte(l.String()), nil }
func (l level) String() string               { return [...]string{"low", "high"}[l] }
func (l *level) UnmarshalText(b []byte) error {
	switch string(b) {
	case "low":
		*l = 0
	case "high":
		*l = 1
	default:
		return fmt.Errorf("no level %q", b)
	}
	return nil
}

type config struct {
	Name   string
	Server struct {
		Port    int           `ini:"port"`
		Timeout time.Duration `ini:"timeout"`
		Debug   bool
	} `ini:"server"`
	Log struct {
		Level level    `ini:"level"`
		Files []string `ini:"files"`
	} `ini:"log"`
}

func field(v reflect.Value, name string) reflect.Value {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		if tag := f.Tag.Get("ini"); tag == name || tag == "" && strings.EqualFold(f.Name, name) {
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

func set(v reflect.Value, s string) (err error) {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(s))
	}
	switch p := v.Addr().Interface().(type) {
	case *string:
		*p = s
	case *int:
		*p, err = strconv.Atoi(s)
	case *bool:
		*p, err = strconv.ParseBool(s)
	case *time.Duration:
		*p, err = time.ParseDuration(s)
	case *[]string:
		*p = strings.Split(s, ",")
	default:
		err = fmt.Errorf("cannot set a %v", v.Type())
	}
	return
}

func decode(r io.Reader, into any) error {
	root := reflect.ValueOf(into).Elem()
	section := root
	var errs []error
	sc := bufio.NewScanner(r)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		key, val, isPair := strings.Cut(line, "=")
		switch {
		case line == "" || line[0] == ';':
		case line[0] == '[' && line[len(line)-1] == ']':
			if section = field(root, line[1:len(line)-1]); !section.IsValid() {
				return errors.Join(append(errs, fmt.Errorf("line %d: no section %s", n, line))...)
			}
		case !isPair:
			errs = append(errs, fmt.Errorf("line %d: no = in %q", n, line))
		default:
			f := field(section, strings.TrimSpace(key))
			if !f.IsValid() {
				errs = append(errs, fmt.Errorf("line %d: no key %s", n, key))
			} else if err := set(f, strings.TrimSpace(val)); err != nil {
				errs = append(errs, fmt.Errorf("line %d: %w", n, err))
			}
		}
	}
	return errors.Join(append(errs, sc.Err())...)
}

func encode(w io.Writer, v reflect.Value) {
	for i := range v.NumField() {
		f, name := v.Field(i), v.Type().Field(i).Tag.Get("ini")
		if name == "" {
			name = strings.ToLower(v.Type().Field(i).Name)
		}
		if f.Kind() == reflect.Struct {
			fmt.Fprintf(w, "[%s]\n", name)
			encode(w, f)
		} else {
			fmt.Fprintf(w, "%s = %s\n", name, strings.Trim(strings.ReplaceAll(fmt.Sprint(f), " ", ","), "[]"))
		}
	}
}

func main() {
	c := config{Name: "default"}
	fmt.Println(decode(strings.NewReader("; comment\nname = my app\n\n[server]\nport=80\ntimeout = 1m30s\nDEBUG=true\n[log]\nlevel=high\nfiles=a,b"), &c))
	fmt.Printf("%+v\n", c)
	encode(os.Stdout, reflect.ValueOf(c))
	err := decode(strings.NewReader("[server]\nport=x\nbogus=1\nplain\n[log]\nlevel=loud\n[nope]\n"), &c)
	var ne *strconv.NumError
	fmt.Println(err, errors.As(err, &ne), c.Server.Port)
}

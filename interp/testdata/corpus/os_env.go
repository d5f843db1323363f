//go:build ignore

package main

import (
	"fmt"
	"os"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"
)

type config struct {
	Host  string   `env:"APP_HOST" default:"localhost"`
	Port  int      `env:"APP_PORT" default:"8080"`
	Debug bool     `env:"APP_DEBUG"`
	Tags  []string `env:"APP_TAGS"`
	Rate  float64  `env:"APP_RATE" default:"1.5"`
	DB    struct {
		URL string `env:"APP_DB_URL,required"`
	}
	ignored string
}

func load(target any, lookup func(string) (string, bool)) error {
	v := reflect.ValueOf(target).Elem()
	t := v.Type()
	for i := range t.NumField() {
		f, fv := t.Field(i), v.Field(i)
		if !f.IsExported() {
			continue
		}
		if f.Type.Kind() == reflect.Struct {
			if err := load(fv.Addr().Interface(), lookup); err != nil {
				return fmt.Errorf("%s: %w", f.Name, err)
			}
			continue
		}
		name, opts, _ := strings.Cut(f.Tag.Get("env"), ",")
		text, ok := lookup(name)
		if !ok {
			if opts == "required" {
				return fmt.Errorf("%s is not set", name)
			}
			if text, ok = f.Tag.Lookup("default"); !ok {
				continue
			}
		}
		if err := set(fv, text); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func set(v reflect.Value, text string) error {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Int:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return err
		}
		v.SetInt(n)
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return err
		}
		v.SetBool(b)
	case reflect.Float64:
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return err
		}
		v.SetFloat(f)
	case reflect.Slice:
		v.Set(reflect.ValueOf(strings.Split(text, ":")))
	default:
		return fmt.Errorf("cannot set %v", v.Type())
	}
	return nil
}

func main() {
	os.Setenv("CORPUS_A", "1")
	os.Setenv("CORPUS_EMPTY", "")
	v, ok := os.LookupEnv("CORPUS_EMPTY")
	_, none := os.LookupEnv("CORPUS_NONE")
	fmt.Printf("%q %q %v %v %q\n", os.Getenv("CORPUS_A"), v, ok, none, os.Getenv("CORPUS_NONE"))
	fmt.Println(slices.Contains(os.Environ(), "CORPUS_A=1"), os.Unsetenv("CORPUS_A"), os.Getenv("CORPUS_A") == "", os.Setenv("", "x"), os.Setenv("a=b", "x") != nil)
	os.Setenv("NAME", "ann")
	fmt.Println(os.ExpandEnv("$NAME ${NAME}s $NONE_SUCH. $$ ${"), os.Expand("$a-${b}-$c_d-$1", strings.ToUpper))

	env := map[string]string{"APP_PORT": "99", "APP_DEBUG": "true", "APP_TAGS": "a:b", "APP_DB_URL": "db://x"}
	lookup := func(k string) (string, bool) { v, ok := env[k]; return v, ok }
	c := config{ignored: "kept"}
	fmt.Println(load(&c, lookup))
	fmt.Printf("%+v\n", c)
	env["APP_PORT"] = "many"
	fmt.Println(load(&c, lookup))
	env["APP_PORT"] = "1"
	delete(env, "APP_DB_URL")
	fmt.Println(load(new(config), lookup))
	fmt.Println(load(&struct {
		C chan int `env:"APP_PORT"`
	}{}, lookup))
	for k, v := range env {
		os.Setenv(k, v)
	}
	os.Setenv("APP_DB_URL", "real")
	var d config
	fmt.Println(load(&d, os.LookupEnv), d.DB.URL, d.Port)

	host, err := os.Hostname()
	wd, err2 := os.Getwd()
	exe, err3 := os.Executable()
	fmt.Println(host != "", err, wd != "", err2, exe != "", err3, os.Getpid() > 0, os.Getppid() > 0, os.TempDir() != "", os.PathSeparator == '/' || runtime.GOOS == "windows", os.DevNull != "")
	fmt.Println(runtime.GOOS != "", runtime.GOARCH != "", runtime.NumCPU() > 0, runtime.GOMAXPROCS(0) > 0, strings.HasPrefix(runtime.Version(), "go1."), runtime.Compiler, runtime.NumGoroutine() > 0)
	home, err := os.UserHomeDir()
	fmt.Println(home != "" || err != nil, os.Getpagesize()%1024, os.IsPathSeparator('/'))
}

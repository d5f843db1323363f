//go:build ignore

package main

import (
	"fmt"
	"reflect"
	"sort"
	"strconv"
	"strings"
	"time"
)

type Address struct {
	Street string `check:"min=3"`
	Zip    string `check:"len=5"`
}
type User struct {
	Name   string  `check:"required,max=10" diff:"name"`
	Age    int     `check:"min=18,max=99"`
	Email  *string `check:"required"`
	Home   Address
	Others []Address `check:"max=2"`
	Prefs  map[string]int
	Born   time.Time `check:"required"`
	friend *User
	Any    any
}

type violation struct{ path, rule string }

func (v violation) String() string { return v.path + " breaks " + v.rule }

func size(v reflect.Value) (int, bool) {
	switch v.Kind() {
	case reflect.String, reflect.Slice, reflect.Map:
		return v.Len(), true
	case reflect.Int:
		return int(v.Int()), true
	}
	return 0, false
}

func check(v reflect.Value, path string, out *[]violation) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			check(v.Elem(), path, out)
		}
	case reflect.Slice:
		for i := range v.Len() {
			check(v.Index(i), fmt.Sprintf("%s[%d]", path, i), out)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			if !f.IsExported() {
				continue
			}
			fv, p := v.Field(i), strings.TrimPrefix(path+"."+f.Name, ".")
			for _, rule := range strings.FieldsFunc(f.Tag.Get("check"), func(r rune) bool { return r == ',' }) {
				name, arg, _ := strings.Cut(rule, "=")
				n, _ := strconv.Atoi(arg)
				got, sized := size(fv)
				if name == "required" && fv.IsZero() || sized && (name == "min" && got < n || name == "max" && got > n || name == "len" && got != n) {
					*out = append(*out, violation{p, rule})
				}
			}
			if fv.Type() != reflect.TypeFor[time.Time]() {
				check(fv, p, out)
			}
		}
	}
}

// dump shows a value with all that it leads to; what comes again is named.
func dump(v reflect.Value, indent string, seen map[uintptr]int, sb *strings.Builder) {
	switch v.Kind() {
	case reflect.Invalid:
		sb.WriteString("nil\n")
	case reflect.Pointer:
		if v.IsNil() {
			sb.WriteString("nil\n")
			return
		}
		if n, ok := seen[v.Pointer()]; ok {
			fmt.Fprintf(sb, "see #%d\n", n)
			return
		}
		seen[v.Pointer()] = len(seen) + 1
		fmt.Fprintf(sb, "#%d &", len(seen))
		dump(v.Elem(), indent, seen, sb)
	case reflect.Struct:
		fmt.Fprintf(sb, "%v\n", v.Type())
		for i := range v.NumField() {
			fmt.Fprintf(sb, "%s  %s: ", indent, v.Type().Field(i).Name)
			dump(v.Field(i), indent+"  ", seen, sb)
		}
	case reflect.Map:
		fmt.Fprintf(sb, "%v len %d\n", v.Type(), v.Len())
		keys := v.MapKeys()
		sort.Slice(keys, func(i, j int) bool { return fmt.Sprint(keys[i]) < fmt.Sprint(keys[j]) })
		for _, k := range keys {
			fmt.Fprintf(sb, "%s  %v: ", indent, k)
			dump(v.MapIndex(k), indent+"  ", seen, sb)
		}
	case reflect.Slice, reflect.Array:
		fmt.Fprintf(sb, "%v len %d\n", v.Type(), v.Len())
		for i := range v.Len() {
			fmt.Fprintf(sb, "%s  - ", indent)
			dump(v.Index(i), indent+"  ", seen, sb)
		}
	case reflect.Interface:
		dump(v.Elem(), indent, seen, sb)
	case reflect.Func, reflect.Chan:
		fmt.Fprintf(sb, "%v nil=%v\n", v.Type(), v.IsNil())
	default:
		fmt.Fprintf(sb, "%v (%v)\n", v, v.Type())
	}
}

func diff(a, b any) (out []string) {
	var walk func(path string, x, y reflect.Value)
	walk = func(path string, x, y reflect.Value) {
		if x.Kind() == reflect.Struct && x.Type() != reflect.TypeFor[time.Time]() {
			for i := range x.NumField() {
				if f := x.Type().Field(i); f.IsExported() {
					name := f.Name
					if t := f.Tag.Get("diff"); t != "" {
						name = t
					}
					walk(path+"/"+name, x.Field(i), y.Field(i))
				}
			}
			return
		}
		if !reflect.DeepEqual(x.Interface(), y.Interface()) {
			out = append(out, fmt.Sprintf("%s: %v -> %v", path, x, y))
		}
	}
	walk("", reflect.ValueOf(a), reflect.ValueOf(b))
	return
}

type node struct {
	val  any
	next *node
	kids map[string]*node
	fn   func()
}

func main() {
	mail := "a@b"
	good := User{Name: "ann", Age: 30, Email: &mail, Home: Address{"Main St", "12345"}, Born: time.Unix(1, 0)}
	bad := User{Name: "a name that is long", Age: 7, Home: Address{"x", "1"}, Others: []Address{{"ok street", "54321"}, {"", "99999"}, {}}, Any: &Address{Street: "?"}}
	for _, u := range []any{good, &bad, nil, 5, []User{good, {}}} {
		var out []violation
		check(reflect.ValueOf(u), "", &out)
		fmt.Println(len(out), out)
	}
	other := good
	other.Name, other.Home.Zip, other.Prefs, other.Born = "bob", "54321", map[string]int{"k": 1}, good.Born.Add(0)
	fmt.Println(strings.Join(diff(good, other), "; "), len(diff(good, good)))
	n := &node{val: 1}
	n.next = &node{val: []any{"s", 2.5, nil, n}, next: n, kids: map[string]*node{"self": n, "nil": nil}}
	var sb strings.Builder
	dump(reflect.ValueOf(n), "", map[uintptr]int{}, &sb)
	dump(reflect.ValueOf(map[[2]int]struct{ A, b any }{{1, 2}: {true, 'x'}}), "", map[uintptr]int{}, &sb)
	fmt.Print(sb.String())
}

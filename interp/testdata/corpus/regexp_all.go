//go:build ignore

package main

import (
	"fmt"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

var (
	logLine = regexp.MustCompile(`^(?P<ip>\d+(?:\.\d+){3}) \[(?P<time>[^\]]+)\] "(?P<method>GET|POST) (?P<path>\S+)" (?P<status>\d{3})(?: (?P<size>\d+|-))?$`)
	varRE   = regexp.MustCompile(`\$\{(\w+)(?::-([^}]*))?\}`)
)

type entry map[string]string

func parse(line string) (entry, bool) {
	m := logLine.FindStringSubmatch(line)
	if m == nil {
		return nil, false
	}
	e := entry{}
	for i, name := range logLine.SubexpNames() {
		if name != "" {
			e[name] = m[i]
		}
	}
	return e, true
}

func expand(s string, env map[string]string) string {
	return varRE.ReplaceAllStringFunc(s, func(v string) string {
		m := varRE.FindStringSubmatch(v)
		if val, ok := env[m[1]]; ok {
			return val
		}
		return m[2]
	})
}

type rule struct {
	re *regexp.Regexp
	fn func([]string) string
}
type lexer []rule

func (l lexer) run(s string) (out []string, err error) {
next:
	for s != "" {
		for _, r := range l {
			if m := r.re.FindStringSubmatch(s); m != nil {
				if t := r.fn(m); t != "" {
					out = append(out, t)
				}
				s = s[len(m[0]):]
				continue next
			}
		}
		return out, fmt.Errorf("cannot read %.5q", s)
	}
	return
}

func main() {
	for _, line := range []string{`10.0.0.1 [today] "GET /a?b" 200 512`, `1.2.3.4 [x] "POST /" 404`, `1.2.3.4 [x] "PUT /" 200`} {
		e, ok := parse(line)
		keys := make([]string, 0, len(e))
		for k, v := range e {
			keys = append(keys, k+"="+v)
		}
		sort.Strings(keys)
		fmt.Println(ok, strings.Join(keys, " "))
	}
	fmt.Println(expand("${greet:-hello} ${name}, ${none}${empty:-}!", map[string]string{"name": "ann"}))

	re := regexp.MustCompile(`(a+)(b*)`)
	s := "xaabab aaa b"
	fmt.Println(re.MatchString(s), re.FindString(s), re.FindStringIndex(s), re.FindAllString(s, -1), re.FindAllString(s, 2))
	fmt.Printf("%q %v %v %q\n", re.FindStringSubmatch(s), re.FindStringSubmatchIndex(s), re.FindAllStringIndex(s, -1), re.FindAllStringSubmatch(s, -1))
	fmt.Printf("%q %q %v\n", re.FindAll([]byte(s), -1), re.ReplaceAll([]byte(s), []byte("<$2$1>")), re.FindStringSubmatch("zzz") == nil)
	fmt.Println(re.ReplaceAllString(s, "${2}-$1"), re.ReplaceAllLiteralString(s, "$1"), re.ReplaceAllStringFunc(s, strings.ToUpper), re.NumSubexp(), re)
	fmt.Println(string(re.ExpandString(nil, "[$1|${2}x|$$]", s, re.FindStringSubmatchIndex(s))))
	fmt.Printf("%q %q %q\n", regexp.MustCompile(`[,;]\s*`).Split("a, b;c,,d", -1), regexp.MustCompile(`,`).Split("a,b,c", 2), regexp.MustCompile(`x*`).Split("axbc", -1))
	fmt.Println(regexp.MustCompile(`(?i)hello\b`).FindAllString("Hello HELLOs hello", -1), regexp.MustCompile(`(?m)^\w+$`).FindAllString("a\nb c\nd", -1), regexp.MustCompile(`(?s)a.b`).MatchString("a\nb"))
	fmt.Println(regexp.MustCompile(`a.*?b`).FindString("axbxb"), regexp.MustCompile(`(?U)a.*b`).FindString("axbxb"), regexp.MustCompile(`a.*b`).FindString("axbxb"), regexp.MustCompilePOSIX(`a+|a+b`).FindString("aab"), regexp.MustCompile(`a+|a+b`).FindString("aab"))
	fmt.Println(regexp.MustCompile(`\p{Greek}+|\pL{2}`).FindAllString("αβγ héy 世界x", -1), regexp.MustCompile(`[[:alpha:]]+\d{2,3}`).FindAllString("ab1 cd22 ef4444", -1), regexp.QuoteMeta("a.b*c[d]"))
	year := regexp.MustCompile(`(?P<y>\d{4})-(?P<m>\d\d)`)
	fmt.Println(year.ReplaceAllString("2024-05 and 1999-12", "$m/$y"), year.SubexpIndex("m"), year.SubexpIndex("z"), year.SubexpNames())

	for _, bad := range []string{`a(b`, `a[`, `*a`, `a{2,1}`, `\8`, `(?<n>a)(?<n>b)`} {
		_, err := regexp.Compile(bad)
		fmt.Println(err)
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		regexp.MustCompile(`(`)
	}()
	l := lexer{
		{regexp.MustCompile(`^\s+`), func([]string) string { return "" }},
		{regexp.MustCompile(`^(\d+)(\.\d+)?`), func(m []string) string {
			if m[2] != "" {
				return "float:" + m[0]
			}
			n, _ := strconv.Atoi(m[1])
			return fmt.Sprint("int:", n+1)
		}},
		{regexp.MustCompile(`^[-+*/()]`), func(m []string) string { return m[0] }},
		{regexp.MustCompile(`^"((?:[^"\\]|\\.)*)"`), func(m []string) string { return "str:" + m[1] }},
	}
	fmt.Println(l.run(`1 + 2.5*(3 - "a\"b")`))
	fmt.Println(l.run(`1 ? 2`))
	if ok, err := regexp.MatchString(`^\w+$`, "word"); ok {
		fmt.Fprintln(os.Stdout, ok, err)
	}
	text, _ := year.MarshalText()
	var back regexp.Regexp
	fmt.Println(back.UnmarshalText(text), back.String() == year.String())
}

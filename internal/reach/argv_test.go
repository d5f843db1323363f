package reach

import (
	"os/exec"
	"reflect"
	"strings"
	"testing"
)

func TestArgvIsSplitAsAShellDoes(t *testing.T) {
	for text, want := range map[string][]string{
		"":                        nil,
		" \t\n":                   nil,
		"sh":                      {"sh"},
		"  ssh  -T\thost\nsh ":    {"ssh", "-T", "host", "sh"},
		`a 'b c' "d e"`:           {"a", "b c", "d e"},
		`a'b 'c"d "e`:             {"ab cd e"},
		`'' ""`:                   {"", ""},
		`a\ b \'c \"d \\`:         {"a b", "'c", `"d`, `\`},
		`'a\b"' "a\b'"`:           {`a\b"`, `a\b'`},
		`"\$ \" \\ \` + "`" + `"`: {"$ \" \\ `"},
		"a\\\nb \"c\\\nd\"":       {"ab", "cd"},
		`$HOME ~ * $(x) a|b;c #d`: {"$HOME", "~", "*", "$(x)", "a|b;c", "#d"},
		"größe 'ü ö'":             {"größe", "ü ö"},
	} {
		got, err := splitArgv(text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: got %q, %v; want %q", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		`a 'b`:      `the quote ' at position 3 is not closed: "'b"`,
		`a b"c\"`:   `the quote " at position 4 is not closed`,
		`'`:         `the quote ' at position 1`,
		`a \`:       `the backslash at position 3 has nothing behind it`,
		`"a" 'b'c'`: `the quote ' at position 9`,
	} {
		if got, err := splitArgv(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %q, %v; want %s", text, got, err, want)
		}
	}
}

// A real shell splits in the same way, as long as there is nothing that it would expand.
func FuzzSplitArgv(f *testing.F) {
	for _, seed := range []string{"", "a b", `'a b' "c\"d" e\ f`, `"a\b" '' \`, "a'b", "\\\n", "\"\\\n\"", "ü 'ö'"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := splitArgv(text)
		if err != nil {
			return
		}
		if len(got) > len(text) {
			t.Fatalf("%q has %d words", text, len(got))
		}
		if strings.ContainsAny(text, "$`*?[]{}~|&;<>()#!\n\x00") || len(text) > 1000 {
			return
		}
		out, err := exec.Command("sh", "-c", "set -- "+text+`
			for word do printf '%s\0' "$word"; done`).Output()
		if err != nil {
			t.Skip("no shell to compare with")
		}
		if want := strings.Join(got, "\x00"); len(got) > 0 && string(out) != want+"\x00" || len(got) == 0 && len(out) > 0 {
			t.Fatalf("%q: got %q, and sh splits it into %q", text, got, out)
		}
	})
}

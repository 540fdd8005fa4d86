package execline

import (
	"slices"
	"strings"
	"testing"
)

func TestTransform(t *testing.T) {
	for _, tt := range []struct {
		options string // of define
		value   string
		want    string
	}{
		{"", " a b\n", " a b\n"},
		{"", "", "."},
		{"n", "a\n", "a"},
		{"n", "a\n\n", "a\n"},
		{"n", "a", "a"},
		{"n", "", "."},
		{"C", "  a \t\n b  ", " a b "},
		{"Cn", "a  ", "a"},
		{"s", "a b ", "a|b"},
		{"s", "a b", "a|b"},
		{"s", "a  b", "a|.|b"},
		{"s", "\r\n\ta", ".|.|.|a"},
		{"s", "", ""},
		{"s", " ", "."},
		{"sn", "a b", "a"},
		{"sn", "a b ", "a|b"},
		{"sn", "a b  ", "a|b"},
		{"sn", "a", ""},
		{"sC", "  a   b", ".|a|b"},
		{"sCn", "a  b  ", "a|b"},
		{"sNCc", "a  b ", "a|.|b"},
		{"sd:", "a:b c", "a|b c"},
		{"sd:,", "a:,b", "a|.|b"},
		{"Cnd:", "a::", "a"},
		{"d", "3:abc,", "3:abc,"},
		{"nCd", "a  ", "a  "},
		{"sd", "3:abc,0:,1:,,", "abc|.|,"},
		{"sd", "", ""},
	} {
		tr := Transform{Delim: Blanks}
		for i := range tt.options {
			if !tr.Option(tt.options[i], tt.options[i+1:]) {
				t.Fatalf("no option %q", tt.options)
			}
			if tt.options[i] == 'd' {
				break
			}
		}
		values, err := tr.Values(tt.value)
		got := show(values)
		if len(values) == 1 && values[0] != "" {
			got = values[0]
		}
		if err != nil || got != tt.want {
			t.Errorf("-%s %q: %q, %v; want %q", tt.options, tt.value, got, err, tt.want)
		}
	}
	for _, bad := range []string{"a", "3:ab,", "3:abcd,", "3:abc", ":,", "+1:a,", "99999999999999999999:a,", "1:a,x", "18446744073709551615:,"} {
		if values, err := (Transform{Split: true}).Values(bad); err != ErrNetstring {
			t.Errorf("netstrings %q: %q, %v; want an error", bad, values, err)
		}
	}
}

func FuzzNetstrings(f *testing.F) {
	f.Add("3:abc,0:,")
	f.Add("03:abc,")
	f.Fuzz(func(t *testing.T, s string) {
		values, err := netstrings(s)
		if err != nil {
			return
		}
		var b []byte
		for _, v := range values {
			b = AppendNetstring(b, v)
		}
		again, err := netstrings(string(b))
		if err != nil || !slices.Equal(again, values) {
			t.Errorf("%q: %q, written %q, read %q, %v", s, values, b, again, err)
		}
	})
}

func FuzzTransform(f *testing.F) {
	f.Add("a  b ", " ", true, true)
	f.Fuzz(func(t *testing.T, s, delim string, crunch, chomp bool) {
		if delim == "" {
			return
		}
		values, err := Transform{Crunch: crunch, Chomp: chomp, Split: true, Delim: delim}.Values(s)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			if indexDelim(v, delim) >= 0 {
				t.Fatalf("%q holds a delimiter", v)
			}
		}
		if crunch || chomp {
			return
		}
		// With all delimiters alike, the pieces joined are the value.
		alike := []byte(s)
		for i, c := range alike {
			if strings.IndexByte(delim, c) >= 0 {
				alike[i] = delim[0]
			}
		}
		joined := strings.Join(values, delim[:1])
		if len(values) > 0 && alike[len(alike)-1] == delim[0] {
			joined += delim[:1]
		}
		if joined != string(alike) {
			t.Fatalf("%q split at %q: %q", s, delim, values)
		}
	})
}

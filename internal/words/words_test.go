package words

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for _, tt := range []struct {
		in   string
		want []string
	}{
		{"", nil},
		{" \t\n", nil},
		{"bash -e", []string{"bash", "-e"}},
		{"  a\tb\nc ", []string{"a", "b", "c"}},
		{`'a b' "c d" e\ f`, []string{"a b", "c d", "e f"}},
		{`a'b'"c"d`, []string{"abcd"}},
		{`'' "" x`, []string{"", "", "x"}},
		{`"a\"b\\c\n\$d" '\"'`, []string{`a"b\c\n$d`, `\"`}},
		{"a\\\nb \"c\\\nd\" \\\n e", []string{"ab", "cd", "e"}},
		{`$HOME *.c #x`, []string{"$HOME", "*.c", "#x"}},
	} {
		got, err := Split(tt.in)
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("Split(%q) = %q, %v; want %q", tt.in, got, err, tt.want)
		}
	}
	for _, in := range []string{`'`, `"`, `\`, `a 'b`, `"a\"`} {
		if got, err := Split(in); err != ErrQuote {
			t.Errorf("Split(%q) = %q, %v; want %v", in, got, err, ErrQuote)
		}
	}
}

// What the shell itself makes of a line is the reference, for lines without
// anything that it would expand.
func TestShell(t *testing.T) {
	for _, in := range []string{`a 'b c' "d e"`, `"x\y" 'x\y' x\y`, "a\\\nb", `''a "" ''`, `a"b c"'d e'f`} {
		out, err := exec.Command("sh", "-c", `printf '%s\0' `+in).Output()
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
		if got, err := Split(in); err != nil || !slices.Equal(got, want) {
			t.Errorf("Split(%q) = %q, %v; sh has %q", in, got, err, want)
		}
	}
}

// FuzzSplit quotes the words it got and splits them again.
func FuzzSplit(f *testing.F) {
	for _, seed := range []string{"", "bash -e", `'a b' "c\"d" e\ f`, "\\\n", "''", `"\$x"`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		list, err := Split(in)
		if err != nil {
			return
		}
		var line strings.Builder
		for _, word := range list {
			line.WriteString("'" + strings.ReplaceAll(word, "'", `'\''`) + "' ")
		}
		again, err := Split(line.String())
		if err != nil || !slices.Equal(again, list) {
			t.Errorf("%q splits into %q, and quoted again into %q, %v", in, list, again, err)
		}
	})
}

package glob

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		flags         Flags
		want          bool
	}{
		{"", "", 0, true},
		{"*", "", 0, true},
		{"a*b*c", "aXbYc", 0, true},
		{"a*b*c", "aXbY", 0, false},
		{"a?c", "abc", 0, true},
		{"[a-c]x", "bx", 0, true},
		{"[!a-c]x", "bx", 0, false},
		{"[]a]", "]", 0, true},
		{"[", "[", 0, true},
		{"[a", "[a", 0, true},
		{"[[:digit:]]*", "7up", 0, true},
		{"[[:digit:]]*", "up", 0, false},
		{`\*`, "*", 0, true},
		{`\*`, "x", 0, false},
		{`\*`, `\x`, NoEscape, true},
		{"*", ".x", Period, false},
		{".*", ".x", Period, true},
		{"?x", ".x", Period, false},
		{"[.]x", ".x", Period, false},
		{"*", "a/b", Pathname, false},
		{"*/*", "a/b", Pathname, true},
		{"*/*", "a/.b", Pathname | Period, false},
		{"ABC", "abc", FoldCase, true},
		{"[A-C]", "b", FoldCase, true},
		{"**********************b", strings.Repeat("a", 60), 0, false},
	} {
		if got := Match(tt.pattern, tt.name, tt.flags); got != tt.want {
			t.Errorf("Match(%q, %q, %d) = %t; want %t", tt.pattern, tt.name, tt.flags, got, tt.want)
		}
	}
}

// The shell's own expansion is the referee.
func TestExpandLikeShell(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a/x", "a/y", "b/x", "b/.hidden", "c", `we\ird`, "sp ace"} {
		path := filepath.Join(dir, name)
		os.MkdirAll(filepath.Dir(path), 0o755)
		if err := os.WriteFile(path, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	for _, pattern := range []string{"*", "*/x", "?/[xy]", "a/*", "b/.*", "*/", "./*", "//tmp", "nothing*", `we\\*`, "sp*", "a//x*", "[ab]/x"} {
		out, err := exec.Command("bash", "-c", "shopt -s nullglob; printf '%s\\n' "+strings.ReplaceAll(pattern, " ", `\ `)).Output()
		if err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, line := range strings.Split(strings.TrimSuffix(string(out), "\n"), "\n") {
			if line != "" && filepath.Base(line) != "." && filepath.Base(line) != ".." {
				want = append(want, line)
			}
		}
		found, err := Expand(pattern, 0, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, path := range found {
			if base := filepath.Base(path); base != "." && base != ".." {
				got = append(got, path)
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("Expand(%q) = %q; bash has %q", pattern, got, want)
		}
	}
}

func FuzzMatch(f *testing.F) {
	f.Add("a*[b-d]?\\*", "axc?*", uint8(0))
	f.Add("[[:alpha:]", "x", uint8(7))
	f.Add("[[.-.]-a]", "-", uint8(8))
	f.Fuzz(func(t *testing.T, pattern, name string, flags uint8) {
		Match(pattern, name, Flags(flags))
		if !Match("*", name, 0) {
			t.Errorf("* does not match %q", name)
		}
	})
}

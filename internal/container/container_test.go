package container

import (
	"slices"
	"strings"
	"testing"
)

func TestEnviron(t *testing.T) {
	for _, tt := range []struct {
		given string
		want  string
	}{
		{"", "PATH=" + Path},
		{"A=1 B=2", "PATH=" + Path + " A=1 B=2"},
		{"A=1 AB=2 A=3", "PATH=" + Path + " A=3 AB=2"},
		{"PATH=/bin A=", "PATH=/bin A="},
	} {
		c := Config{Env: strings.Fields(tt.given)}
		if got := strings.Join(c.environ(), " "); got != tt.want {
			t.Errorf("environ of %q = %q; want %q", tt.given, got, tt.want)
		}
	}
}

func TestCandidates(t *testing.T) {
	for _, tt := range []struct {
		entry, path string
		want        []string
	}{
		{"/init", "/bin", []string{"/init"}},
		{"./x", "/bin", []string{"./x"}},
		{"sh", "/bin:/usr/bin", []string{"/bin/sh", "/usr/bin/sh"}},
		{"sh", ":/bin:", []string{"/bin/sh"}},
		{"sh", "", []string{"sh"}},
	} {
		c := Config{Entry: tt.entry}
		if got := c.candidates([]string{"A=1", "PATH=" + tt.path}); !slices.Equal(got, tt.want) {
			t.Errorf("candidates of %q in %q = %q; want %q", tt.entry, tt.path, got, tt.want)
		}
	}
}

func TestSpans(t *testing.T) {
	const file = "root:1:2\n" +
		"# comment\n" +
		"web:100000:65536\n" +
		"1000:300000:10\n" +
		"web:bad:1\n" +
		"web:7\n" +
		"web:5:0\n" +
		"webber:1:1\n"
	for _, tt := range []struct {
		name string
		uid  int
		want string
	}{
		{"web", 1000, "0 1000 1 1 100000 65536 65537 300000 10"},
		{"", 1000, "0 1000 1 1 300000 10"},
		{"nobody", 65534, "0 65534 1"},
	} {
		if got := strings.Join(words(spans(tt.uid, subordinate(file, tt.name, tt.uid))), " "); got != tt.want {
			t.Errorf("ids of %q, %d are %q; want %q", tt.name, tt.uid, got, tt.want)
		}
	}
}

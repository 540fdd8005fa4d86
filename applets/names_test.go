package applets

import (
	"slices"
	"sort"
	"testing"
)

func TestNames(t *testing.T) {
	names := Names()
	if !sort.StringsAreSorted(names) || len(slices.Compact(names)) != len(Names()) {
		t.Errorf("Names() is not sorted, or has doubles: %q", names)
	}
	for _, suite := range Suites() {
		for _, a := range suite.Rows {
			if slices.Contains(names, a.Name) == (a.Kind == command) {
				t.Errorf("Names() and the kind of %s do not fit", a.Name)
			}
		}
	}
	for _, name := range []string{"", "a", "toolbox", "~", "foreground2"} {
		if a, ok := Lookup(name); ok {
			t.Errorf("Lookup(%q) = %s", name, a.Name)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, tt := range []struct{ typed, want string }{
		{"forground", "foreground"},
		{"softlimit", "s6-softlimit"},
		{"s6-evndir", "s6-envdir"},
		{"unexprot", "unexport"},
		{"", ""},
		{"qqqqqqqqqq", ""},
	} {
		got := ""
		if near := Nearest(tt.typed); len(near) > 0 {
			got = near[0]
		}
		if got != tt.want {
			t.Errorf("Nearest(%q) = %q; want %q", tt.typed, got, tt.want)
		}
	}
}

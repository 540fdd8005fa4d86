package install

import (
	"os"
	"slices"
	"testing"

	"toolbox/chain"
)

// Names that take a system over are linked only with --all; the test binary
// stands for the program.
func TestTakeover(t *testing.T) {
	if !slices.IsSorted(takeover[:]) {
		t.Error("takeover is not sorted")
	}
	names := []string{"halt", "init", "s6-svc", "sv", "utmpset", "zzz"}
	for _, tt := range []struct {
		args []string
		want []string
	}{
		{nil, []string{"s6-svc", "toolbox", "zzz"}},
		{[]string{"--all"}, []string{"halt", "init", "s6-svc", "sv", "toolbox", "utmpset", "zzz"}},
		{[]string{"-a"}, []string{"halt", "init", "s6-svc", "sv", "toolbox", "utmpset", "zzz"}},
	} {
		dir := t.TempDir()
		if err := Run(new(chain.Proc), append(tt.args, dir), names); err != nil {
			t.Fatal(err)
		}
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range entries {
			got = append(got, e.Name())
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("with %v: %v; want %v", tt.args, got, tt.want)
		}
	}
}

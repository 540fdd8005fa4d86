package boot

import (
	"slices"
	"strings"
	"testing"

	"toolbox/internal/env"
)

func TestReadSettings(t *testing.T) {
	for _, tt := range []struct {
		value   string
		want    int
		warning string
	}{
		{"", 3000, ""},
		{"0", 0, ""},
		{"00250", 250, ""},
		{"2147483647", 2147483647, ""},
		{"2147483648", 3000, `S6_KILL_GRACETIME is "2147483648", not a number: using 3000`},
		{"-1", 3000, `S6_KILL_GRACETIME is "-1", not a number: using 3000`},
		{"3s", 3000, `S6_KILL_GRACETIME is "3s", not a number: using 3000`},
		{" 3", 3000, `S6_KILL_GRACETIME is " 3", not a number: using 3000`},
	} {
		var warnings []string
		e := env.New([]string{"S6_KILL_GRACETIME=" + tt.value})
		s := readSettings(&e, func(words ...string) { warnings = append(warnings, strings.Join(words, " ")) })
		if s.num(killGrace) != tt.want || strings.Join(warnings, "\n") != tt.warning {
			t.Errorf("%q is %d with the warnings %q; want %d, %q", tt.value, s.num(killGrace), warnings, tt.want, tt.warning)
		}
	}
	var e env.Env
	s := readSettings(&e, func(words ...string) { t.Error(words) })
	for v, want := range map[variable]int{behaviour: 0, killFinishMax: 5000, servicesGrace: 3000, verbosity: 2, cmdWaitMax: 0} {
		if got := s.num(v); got != want {
			t.Errorf("%s is %d by default; want %d", variables[v].name, got, want)
		}
	}
}

func TestCheckNames(t *testing.T) {
	for _, tt := range []struct{ entry, want string }{
		{"S6_KEEP_ENV=1", ""},
		{"S6_OVERLAY_VERSION=2.2", ""},
		{"S6_KEEPENV=1", "S6_KEEPENV has no effect: did you mean S6_KEEP_ENV?"},
		{"S6_BEHAVIOR_IF_STAGE2_FAILS=2", "S6_BEHAVIOR_IF_STAGE2_FAILS has no effect: did you mean S6_BEHAVIOUR_IF_STAGE2_FAILS?"},
		{"S6_LOGGING=0", ""},
		{"S6_LOGGING=", ""},
		{"S6_LOGGING=1", "S6_LOGGING has no effect: this init does not act on it"},
		{"S7_KEEP_ENV=1", ""},
	} {
		var got []string
		e := env.New([]string{tt.entry})
		checkNames(&e, func(words ...string) { got = append(got, strings.Join(words, " ")) })
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%s: %q; want %q", tt.entry, got, tt.want)
		}
	}
}

func TestCompletePath(t *testing.T) {
	for _, tt := range []struct {
		path  string
		isSet bool
		want  string
	}{
		{"", false, "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
		{"", true, "/usr/bin:/bin"},
		{"/bin:/opt", true, "/bin:/opt:/usr/bin"},
		{"/usr/bin/x:/bin", true, "/usr/bin/x:/bin:/usr/bin"},
	} {
		// /command does not exist where tests run.
		if got := completePath(tt.path, tt.isSet); got != tt.want {
			t.Errorf("completePath(%q, %v) = %q; want %q", tt.path, tt.isSet, got, tt.want)
		}
	}
}

func TestCommand(t *testing.T) {
	for _, tt := range []struct {
		arg0 string
		args []string
		want []string
	}{
		{"", nil, nil},
		{"", []string{"a b"}, []string{"a b"}},
		{"entry --flag 'x y'", []string{"a b"}, []string{"entry", "--flag", "x y", "a b"}},
		{"entry", nil, []string{"entry"}},
	} {
		if got, err := command(tt.arg0, tt.args); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("command(%q, %q) = %q, %v; want %q", tt.arg0, tt.args, got, err, tt.want)
		}
	}
	if _, err := command("'", nil); err == nil {
		t.Error("an open quotation must be an error")
	}
}

func TestExitCode(t *testing.T) {
	for n, want := range map[int]int{0: 0, 42: 42, 255: 255, 256: 128, 256 + 9: 137, 256 + 64: 192, 512: 0, 1000: 1000 & 255} {
		if got := exitCode(n); got != want {
			t.Errorf("exitCode(%d) = %d; want %d", n, got, want)
		}
	}
}

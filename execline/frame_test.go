package execline

import (
	"slices"
	"strings"
	"testing"

	"toolbox/internal/env"
)

func TestFrames(t *testing.T) {
	for _, tt := range []struct {
		frame          Frame
		env, push, pop string
	}{
		{Positional, "#=1 0=s 1=a A=b", "#:1=1 0:1=s 1:1=a A=b", "A=b"},
		{Positional, "1=a 1:1=b 1:2=c", "1:1=a 1:2=b 1:3=c", "1=b 1:1=c"},
		{Positional, "1PASSWORD=x #a=1", "1PASSWORD:1=x #a:1=1", ""},
		{Positional, "1:x=a 1:=b 1:2x=c 1:=:1", "1:x=a 1:=b 1:2x=c 1:=:1", "1:x=a 1:=b 1:2x=c 1:=:1"},
		{Positional, "1=a:1=b ELGETOPT_a=1 ?=2", "1:1=a:1=b ELGETOPT_a=1 ?=2", "ELGETOPT_a=1 ?=2"},
		{Options, "ELGETOPT_a=1 ELGETOPT_a:1=2 1=a", "ELGETOPT_a:1=1 ELGETOPT_a:2=2 1=a", "ELGETOPT_a=2 1=a"},
		{Options | Positional, "ELGETOPT_a=1 1=a 1:1=b", "ELGETOPT_a:1=1 1:1=a 1:2=b", "1=b"},
	} {
		e := env.New(strings.Fields(tt.env))
		below := e.Snapshot()
		Push(&e, tt.frame)
		if got := strings.Join(e.Strings(), " "); got != tt.push {
			t.Errorf("%s pushed: %s; want %s", tt.env, got, tt.push)
		}
		Pop(&e, tt.frame)
		if got := strings.Join(e.Strings(), " "); got != tt.env {
			t.Errorf("%s pushed and popped: %s", tt.env, got)
		}
		Pop(&below, tt.frame)
		if got := strings.Join(below.Strings(), " "); got != tt.pop {
			t.Errorf("%s popped: %s; want %s", tt.env, got, tt.pop)
		}
	}
}

func TestPositionals(t *testing.T) {
	for _, tt := range []struct{ env, want string }{
		{"#=2 1=a 2=b 3=c", "a b"},
		{"#=0 1=a", ""},
		{"1=a", "# not set"},
		{"#=x 1=a", "invalid #"},
		{"#=4294967296", "invalid #"},
		{"#=3 1=a 3=c", "2 not set"},
	} {
		e := env.New(strings.Fields(tt.env))
		args, err := Positionals(&e)
		got := strings.Join(args, " ")
		if err != nil {
			got = err.Error()
		}
		if got != tt.want {
			t.Errorf("%s: %s; want %s", tt.env, got, tt.want)
		}
	}
}

func TestSetPositionals(t *testing.T) {
	e := env.New(strings.Fields("#=4 0=s 1=a 2=b 3=c 4=d 5=e 03=x 1:1=y"))
	SetPositionals(&e, []string{"c", "d"}, 4)
	want := strings.Fields("#=2 03=x 0=s 1:1=y 1=c 2=d 5=e")
	if got := e.Sorted(); !slices.Equal(got, want) {
		t.Errorf("%q; want %q", got, want)
	}
}

package getopt

import (
	"reflect"
	"strings"
	"testing"
)

// walk writes the options found as letters and values, then the operands.
func walk(s Set) string {
	var b strings.Builder
	for s.Next() {
		b.WriteString(string(rune(s.Flag)))
		if s.Arg != "" {
			b.WriteString("=" + s.Arg)
		}
		b.WriteString(" ")
	}
	args, ok := s.Operands()
	if !ok {
		return "usage"
	}
	return b.String() + "| " + strings.Join(args, " ")
}

func TestNext(t *testing.T) {
	long := []Long{{"all", 'a'}, {"value", 'v'}}
	for _, tt := range []struct {
		line string
		want string
	}{
		{"", "| "},
		{"x -a", "| x -a"},
		{"-a x", "a | x"},
		{"-ab x", "a b | x"},
		{"-av1 x", "a v=1 | x"},
		{"-a -v 1 x", "a v=1 | x"},
		{"-v -a x", "v=-a | x"},
		{"-va x", "v=a | x"},
		{"-a -- -b", "a | -b"},
		{"-- --", "| --"},
		{"- -a", "| - -a"},
		{"-a- x", "usage"},
		{"-v", "usage"},
		{"-x a", "usage"},
		{"-: a", "usage"},
		{"--all x", "usage"},
	} {
		if got := walk(New("abv:", strings.Fields(tt.line))); got != tt.want {
			t.Errorf("%q: %q; want %q", tt.line, got, tt.want)
		}
	}
	for line, want := range map[string]string{
		"--all x":     "a | x",
		"--value=1 x": "v=1 | x",
		"--value= x":  "v | x",
		"--value 1 x": "usage",
		"--all=1 x":   "usage",
		"--al x":      "usage",
		"-a --all -b": "a a b | ",
		"-- --all":    "| --all",
	} {
		if got := walk(NewLong("abv:", long, strings.Fields(line))); got != want {
			t.Errorf("%q: %q; want %q", line, got, want)
		}
	}
	s := NewLong("abv:", long, strings.Fields("--value 1 --all x"))
	s.Apart = true
	if got := walk(s); got != "v=1 a | x" {
		t.Errorf("apart: %q", got)
	}
	s = New("av:", strings.Fields("-xa -v1 -y x"))
	s.Unknown = true
	if got := walk(s); got != "x a v=1 y | x" {
		t.Errorf("unknown: %q", got)
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]uint64{"0": 0, "007": 7, "18446744073709551615": 1<<64 - 1} {
		if n, ok := Uint(text); !ok || n != want {
			t.Errorf("%q = %d, %v", text, n, ok)
		}
	}
	for _, text := range []string{"", "-1", "+1", " 1", "1 ", "1_0", "0x1", "a", "18446744073709551616"} {
		if n, ok := Uint(text); ok {
			t.Errorf("%q = %d; want an error", text, n)
		}
	}
	s := New("n:m:", []string{"-n", "7", "-m", "0755", "x"})
	var got []uint64
	for s.Next() {
		if s.Flag == 'n' {
			got = append(got, s.Uint(7))
		} else {
			got = append(got, uint64(s.Octal()))
		}
	}
	if _, ok := s.Operands(); !ok || !reflect.DeepEqual(got, []uint64{7, 0o755}) {
		t.Errorf("%v, %v", got, ok)
	}
	for _, args := range [][]string{{"-n", "8"}, {"-n", "x"}, {"-m", "8"}, {"-m", "10000"}} {
		s := New("n:m:", args)
		s.Next()
		if s.Flag == 'n' {
			s.Uint(7)
		} else {
			s.Octal()
		}
		if _, ok := s.Operands(); ok {
			t.Errorf("%v is accepted", args)
		}
	}
}

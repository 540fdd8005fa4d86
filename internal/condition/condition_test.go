package condition

import (
	"strings"
	"testing"
)

// Words are separated by blanks; a + stands for an empty word.
var expressions = []struct{ text, want string }{
	{"a", "true"},
	{"+", "false"},
	{"-n a", "true"},
	{"-n +", "false"},
	{"-z +", "true"},
	{"-z a", "false"},
	{"a = a", "true"},
	{"a != a", "false"},
	{"a < b", "true"},
	{"a <= a", "true"},
	{"b > a", "true"},
	{"a >= b", "false"},
	{"-v SET", "true"},
	{"-v UNSET", "false"},
	{"abc =~ ^a.*c$", "true"},
	{"abc =~ b", "true"},
	{"abc =~ ^b", "false"},
	{`abc =~ \(`, "unable to compile ( into a regular expression: unmatched ("},
	// precedence
	{"! +", "true"},
	{"! ! +", "false"},
	{"+ -a + -o a", "true"},
	{"a -o + -a +", "true"},
	{"( a -o + ) -a +", "false"},
	{"! + -a +", "false"},
	{"! ( + -a + )", "true"},
	{"! a = b", "true"},
	{"! -n a -o a", "true"},
	{"( ( a ) )", "true"},
	{"a -o b -o +", "true"},
	{"a -a b -a +", "false"},
	// numbers: what follows their digits does not matter
	{"10 -eq 10", "true"},
	{"10 -ne 9", "true"},
	{"10 -gt 9", "true"},
	{"9 -ge 10", "false"},
	{"-3 -lt +2", "true"},
	{"07 -le 7", "true"},
	{"3x -eq 3", "true"},
	{"0yes -eq 0", "true"},
	{"x -eq 0", "-eq requires integer arguments"},
	{"0 -lt +", "-lt requires integer arguments"},
	{"99999999999999999999 -gt 4294967296", "true"},
	{"-99999999999999999999 -lt 0", "true"},
	{"-t x", "-t requires an integer argument"},
	{"-t 999", "false"},
	// what is not evaluated does no harm, but must be well-formed
	{"a -o x -eq 0", "true"},
	{"+ -a x -eq 0", "false"},
	{"a -o (", "parse error at argument 3"},
	// data that look like operators
	{`\-n = \-n`, "true"},
	{`\\a = \\a`, "true"},
	{`\( != (`, "parse error at argument 2"},
	{`\!`, "true"},
	{`\`, "false"},
	{`-e \-`, "false"},
	{"-n = -n", "parse error at argument 1"},
	{"-q", "true"},
	// what is no expression
	{"( a", "parse error at argument 2"},
	{"a )", "parse error at argument 1"},
	{"( )", "parse error at argument 1"},
	{"a b", "parse error at argument 1"},
	{"a =", "parse error at argument 2"},
	{"= a", "parse error at argument 0"},
	{"a = b = c", "parse error at argument 3"},
	{"-n a = b", "parse error at argument 2"},
	{"-n -n", "parse error at argument 1"},
	{"-a a", "parse error at argument 0"},
	{"a -a", "parse error at argument 2"},
	{"!", "parse error at argument 1"},
	{"-f", "parse error at argument 1"},
	// files
	{"-e /dev/null", "true"},
	{"-c /dev/null", "true"},
	{"-b /dev/null", "false"},
	{"-f /dev/null", "false"},
	{"-s /dev/null", "false"},
	{"-d /", "true"},
	{"-L /", "false"},
	{"-h /proc/self/exe", "true"},
	{"-k /tmp", "true"},
	{"-u /", "false"},
	{"-e /nonexistent", "false"},
	{"/ -ef /..", "true"},
	{"/ -ef /nonexistent", "false"},
	{"/ -nt /nonexistent", "true"},
	{"/nonexistent -nt /", "false"},
	{"/nonexistent -ot /", "true"},
	{"/ -ot /nonexistent", "false"},
	{"/ -nt /", "false"},
}

func evaluate(words []string) string {
	e, err := Parse(words)
	if err != nil {
		return err.Error()
	}
	result, err := e.Evaluate(func(name string) bool { return name == "SET" })
	switch {
	case err != nil:
		return err.Error()
	case result:
		return "true"
	}
	return "false"
}

func TestEvaluate(t *testing.T) {
	for _, tt := range expressions {
		words := strings.Fields(tt.text)
		for i := range words {
			if words[i] == "+" {
				words[i] = ""
			}
		}
		if got := evaluate(words); got != tt.want {
			t.Errorf("%s: %s; want %s", tt.text, got, tt.want)
		}
	}
}

// FuzzParse checks that nothing panics, and that an expression in parentheses
// or twice negated is the same expression.
func FuzzParse(f *testing.F) {
	for _, tt := range expressions {
		f.Add(tt.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := strings.Fields(text)
		if len(words) == 0 {
			return
		}
		want := evaluate(words)
		if strings.HasPrefix(want, "parse error") {
			return
		}
		if got := evaluate(append(append([]string{"("}, words...), ")")); got != want {
			t.Errorf("%q: %s; in parentheses %s", words, want, got)
		}
		if got := evaluate(append(append([]string{"!", "!", "("}, words...), ")")); got != want {
			t.Errorf("%q: %s; negated twice %s", words, want, got)
		}
		if got := evaluate(append(append([]string{"x", "-a", "("}, words...), ")")); got != want {
			t.Errorf("%q: %s; after x -a %s", words, want, got)
		}
	})
}

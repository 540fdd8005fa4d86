package ere

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var extended = []struct{ expr, text, want string }{
	// want: the match and the groups as from-to, or "" for none
	{"", "", "0-0"},
	{"abc", "xabcx", "1-4"},
	{"abc", "ab", ""},
	{"a.c", "a\nc", "0-3"},
	{"a|b|", "c", "0-0"},
	{"a|ab", "ab", "0-2"},
	{"x*", "aaa", "0-0"},
	{"a*", "aaa", "0-3"},
	{"a+b?", "caab", "1-4"},
	{"(a|ab)(c|bcd)(d*)", "abcd", "0-4 0-2 2-3 3-4"},
	{"(a+|b+)*c", "aabbc", "0-5 2-4"},
	{"(a*)(ab)*(b*)", "abb", "0-3 0-1 -1--1 1-3"},
	{"(a*)*", "b", "0-0 0-0"},
	{"(a|b)*", "", "0-0 -1--1"},
	{"(a*)+", "aa", "0-2 0-2"},
	{"((a)|b)*", "ab", "0-2 1-2 -1--1"},
	{"(a){0}b", "ab", "1-2 -1--1"},
	{"(ab){2}", "abab", "0-4 2-4"},
	{"a{2,3}", "aaaa", "0-3"},
	{"a{,2}b", "aaab", "1-4"},
	{"a{2,}", "a aaa", "2-5"},
	{"^a", "ba", ""},
	{"a$", "ab", ""},
	{"^$", "", "0-0"},
	{"^a|b$", "cb", "1-2"},
	{"a^b", "a^b", ""},
	{"(^a)", "a", "0-1 0-1"},
	{"a**", "aa", "0-2"},
	{"()b", "ab", "1-2 1-1"},
	{"a)", "a)", "0-2"},
	{"a}", "a}", "0-2"},
	{`\.\*\(\{\\`, `.*({\`, "0-5"},
	{`a\{1`, "a{1", "0-3"},
	// brackets
	{"[abc]+", "xxcab", "2-5"},
	{"[^abc]", "abd", "2-3"},
	{"[]]+", "a]]", "1-3"},
	{"[^]]", "]a", "1-2"},
	{"[a-c-]+", "b-c", "0-3"},
	{"[-a]+", "a-", "0-2"},
	{"[%--]+", "&,-", "0-3"},
	{`[\n]+`, `a\n`, "1-3"},
	{"[[:digit:][:upper:]_]+", "aB_3", "1-4"},
	{"[[:space:]]", "a\tb", "1-2"},
	{"[^[:alnum:]]", "a1é", "2-3"},
	{"[[.-.]a]+", "a-", "0-2"},
	{"[[=a=]b]+", "ab", "0-2"},
	{"[[.a.]-c]+", "abcd", "0-3"},
	{"[a[.b.]]", "b", "0-1"},
	// bytes, not characters
	{"^.$", "é", ""},
	{"^..$", "é", "0-2"},
	{"[é]", "\xa9", "0-1"},
	// GNU's
	{`\<ab\>`, "xab ab", "4-6"},
	{`\bb`, "ab b", "3-4"},
	{`\Bb`, "b ab", "3-4"},
	{`\w+\W\s\S`, "a_9: x", "0-6"},
	{"\\`a\\'", "a", "0-1"},
}

var basic = []struct{ expr, text, want string }{
	{"a*", "aa", "0-2"},
	{"*a", "*a", "0-2"},
	{`\(*a\)`, "*a", "0-2 0-2"},
	{"^*a", "*a", "0-2"},
	{"a+?|(){}", "a+?|(){}", "0-8"},
	{`a\+b\?`, "aab", "0-3"},
	{`\+a`, "+a", "0-2"},
	{`a\|b`, "b", "0-1"},
	{`a\{2\}`, "aa", "0-2"},
	{`a\{1,\}`, "aa", "0-2"},
	{`\(a\)\(b\)`, "ab", "0-2 0-1 1-2"},
	{"a^b$c", "a^b$c", "0-5"},
	{`\(^a\)\|\(b$\)`, "cb", "1-2 -1--1 1-2"},
	{`x\|^a$`, "a", "0-1"},
	{"^^a", "^a", "0-2"},
	{`\b^a`, "b^a", "1-3"},
}

func show(m []int) string {
	var b strings.Builder
	for i := 0; i < len(m); i += 2 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(number(m[i]) + "-" + number(m[i+1]))
	}
	return b.String()
}

func number(n int) string {
	if n < 0 {
		return "-1"
	}
	return strings.TrimLeft(string([]byte{byte('0' + n/10), byte('0' + n%10)}), "0") + map[bool]string{true: "0"}[n == 0]
}

func TestMatch(t *testing.T) {
	check := func(expr, text, want string, flags Flags) {
		re, err := Compile(expr, flags)
		if err != nil {
			t.Errorf("Compile(%q): %v", expr, err)
			return
		}
		if got := show(re.Submatches(text)); got != want {
			t.Errorf("%q in %q: %q; want %q", expr, text, got, want)
		}
		if got := re.MatchString(text); got != (want != "") || re.Match([]byte(text)) != got {
			t.Errorf("%q matches %q: %t", expr, text, got)
		}
	}
	for _, tt := range extended {
		check(tt.expr, tt.text, tt.want, 0)
	}
	for _, tt := range basic {
		check(tt.expr, tt.text, tt.want, Basic)
	}
	check("aBc[d-f]|[^x]", "AbCE", "0-4", FoldCase)
	check("[[:upper:]]+", "abC", "0-3", FoldCase)
	check("^[^a]$", "A", "", FoldCase)
}

var wrong = []struct {
	expr  string
	flags Flags
	want  error
}{
	{"(", 0, ErrParen},
	{"(a", 0, ErrParen},
	{"a(b|c", 0, ErrParen},
	{"[", 0, ErrBracket},
	{"[]", 0, ErrBracket},
	{"[^]", 0, ErrBracket},
	{"[a", 0, ErrBracket},
	{"[[:alpha:]", 0, ErrBracket},
	{"[[:alpha", 0, ErrBracket},
	{"[[.", 0, ErrBracket},
	{"[[:none:]]", 0, ErrClass},
	{"[[.ab.]]", 0, ErrCollate},
	{"[[==]]", 0, ErrCollate},
	{"[b-a]", 0, ErrRange},
	{"[a-c-e]", 0, ErrRange},
	{"[a--]", 0, ErrRange},
	{"[[:alpha:]-z]", 0, ErrRange},
	{"[a-[:alpha:]]", 0, ErrRange},
	{"*", 0, ErrRepeat},
	{"a|*", 0, ErrRepeat},
	{"(+)", 0, ErrRepeat},
	{"^*", 0, ErrRepeat},
	{"{1}", 0, ErrRepeat},
	{`\b+`, 0, ErrRepeat},
	{"a{", 0, ErrBrace},
	{"a{1", 0, ErrBrace},
	{"a{1,", 0, ErrBrace},
	{"a{x}", 0, ErrCount},
	{"a{2,1}", 0, ErrCount},
	{"a{32768}", 0, ErrTooBig},
	{"(a{200}){200}{200}", 0, ErrTooBig},
	{strings.Repeat("(", 2000) + strings.Repeat(")", 2000), 0, ErrTooBig},
	{"a" + strings.Repeat("*", 2000), 0, ErrTooBig},
	{`a\`, 0, ErrEscape},
	{`(a)\1`, 0, ErrReference},
	{`\(a`, Basic, ErrParen},
	{`a\)`, Basic, ErrRightPar},
	{`\{1\}`, Basic, ErrRepeat},
	{`a\{1}`, Basic, ErrCount},
	{`a\{1`, Basic, ErrBrace},
}

func TestErrors(t *testing.T) {
	for _, tt := range wrong {
		if _, err := Compile(tt.expr, tt.flags); err != tt.want {
			t.Errorf("Compile(%.40q): %v; want %v", tt.expr, err, tt.want)
		}
	}
}

// TestGrep compares with grep -E, which reads some invalid expressions
// otherwise: only what both accept counts.
func TestGrep(t *testing.T) {
	grep, err := exec.LookPath("grep")
	if err != nil {
		t.Skip(err)
	}
	for _, tt := range extended {
		if strings.ContainsAny(tt.text, "\n") || tt.text == "" || strings.Contains(tt.expr, "\\`") {
			continue
		}
		cmd := exec.Command(grep, "-qE", "-e", tt.expr)
		cmd.Env = []string{"LC_ALL=C"}
		cmd.Stdin = strings.NewReader(tt.text + "\n")
		err := cmd.Run()
		if cmd.ProcessState.ExitCode() > 1 {
			t.Logf("grep -E %q: %v", tt.expr, err)
			continue
		}
		if (err == nil) != (tt.want != "") {
			t.Errorf("grep -E %q finds %q: %t; want %t", tt.expr, tt.text, err == nil, tt.want != "")
		}
	}
}

// TestLinear has the expressions that make backtracking matchers hang.
func TestLinear(t *testing.T) {
	text := strings.Repeat("a", 1<<20)
	for _, expr := range []string{"(a*)*b", "(a|aa)+$b", "(.*)(.*)(.*)(.*)(.*)x", "(a?){500}a{500}b", "(a|b)*a(a|b){12}c"} {
		re, err := Compile(expr, 0)
		if err != nil {
			t.Fatal(expr, err)
		}
		if re.MatchString(text) {
			t.Errorf("%q matches", expr)
		}
	}
}

// TestForget runs through more states than are remembered.
func TestForget(t *testing.T) {
	re, err := Compile("(a|b)*a(a|b){18}c", 0)
	if err != nil {
		t.Fatal(err)
	}
	var b []byte
	for i, x := 0, uint32(1); i < 1<<18; i++ {
		x = x*1664525 + 1013904223
		b = append(b, 'a'+byte(x>>31))
	}
	if re.Match(b) {
		t.Error("matches without c")
	}
	if b = append(b, "abbbbbbbbbbbbbbbbbbc"...); !re.Match(b) {
		t.Error("does not match")
	}
}

// FuzzMatch compares with package regexp where the two languages agree.
func FuzzMatch(f *testing.F) {
	for _, tt := range extended {
		f.Add(tt.expr, tt.text, false)
	}
	for _, tt := range basic {
		f.Add(tt.expr, tt.text, true)
	}
	for _, tt := range wrong {
		f.Add(tt.expr, "a", tt.flags == Basic)
	}
	f.Fuzz(func(t *testing.T, expr, text string, isBasic bool) {
		flags := Flags(0)
		if isBasic {
			flags = Basic
		}
		if len(expr) > 200 || len(text) > 100 {
			return
		}
		re, err := Compile(expr, flags)
		if err != nil {
			return
		}
		if len(re.prog) > 2000 {
			return
		}
		m := re.Submatches(text)
		if re.MatchString(text) != (m != nil) {
			t.Fatalf("%q in %q: Match and Submatches differ", expr, text)
		}
		for i := 0; i < len(m); i += 2 {
			if m[i] > m[i+1] || m[i+1] > len(text) || m[i] >= 0 && (m[i] < m[0] || m[i+1] > m[1]) {
				t.Fatalf("%q in %q: impossible %d", expr, text, m)
			}
		}
		if isBasic || strings.ContainsAny(expr, "\\[{?") || strings.Contains(expr, "(?") || !ascii(expr+text) {
			return
		}
		perl, err := regexp.Compile("(?s)" + expr)
		if err != nil {
			return
		}
		perl.Longest()
		if want := perl.FindStringIndex(text); !slices.Equal(want, m[:min(len(m), 2)]) {
			t.Fatalf("%q in %q: %d; want %d", expr, text, m, want)
		}
	})
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 || r == 0 })
}

func BenchmarkMatch(b *testing.B) {
	line := []byte("2024-05-01 12:00:00 INFO request from 10.0.0.1 for /index.html took 12 ms, status 200, no error at all\n")
	for _, expr := range []string{"error: ", "^ERROR", "(warn|fatal|panic)", "status [45][0-9][0-9]"} {
		re, err := Compile(expr, 0)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(expr, func(b *testing.B) {
			b.SetBytes(int64(len(line)))
			for b.Loop() {
				re.Match(line)
			}
		})
	}
}

package execline

import (
	"slices"
	"strings"
	"testing"
)

// define is what the tests substitute: the key and its values.
var define = [][]string{
	{"x", "v"},
	{"e", ""},
	{"n"},
	{"two", "1", "2"},
	{"l", "a", "b"},
	{"a b", "blank"},
	{"?", "status"},
	{"d", "$x"},
	{"q", `\`},
}

func testSubstitution(t testing.TB) *Substitution {
	s := new(Substitution)
	for _, d := range define {
		if err := s.Add(d[0], d[1:]...); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

var substitutions = []struct{ word, want string }{
	{"plain", "plain"},
	{"", "."},
	{"$x", "v"},
	{"${x}", "v"},
	{"a${x}b", "avb"},
	{"a$x", "av"},
	{" $x", " v"},
	// what may follow a key without braces
	{"$xb", "$xb"},
	{"a$x-", "a$x-"},
	{"$x$x", "vv"},
	{"$x${x}", "vv"},
	{"$x{y}", "v{y}"},
	{"$x}", "v}"},
	{`$x\`, `v\`},
	{"$a b", "blank"},
	{"${a b}c", "blankc"},
	{"$?", "status"},
	// what is no key
	{"$", "$"},
	{"$$", "$$"},
	{"$$x", "$v"},
	{"$unknown ${unknown}", "$unknown ${unknown}"},
	{"${x", "${x"},
	{"${}", "${}"},
	{"${{x}}", "${{x}}"},
	{"${y$x}", "${yv}"},
	{"$ x", "$ x"},
	// several values, none, and the empty one
	{"a${two}b", "a1b|a2b"},
	{"$two$l", "1a|1b|2a|2b"},
	{"$l$two", "a1|a2|b1|b2"},
	{"$two$x$two", "1v1|1v2|2v1|2v2"},
	{"a$n", ""},
	{"$two$n$l", ""},
	{"$e", "."},
	{"a${e}b", "ab"},
	// values are not looked at again
	{"$d", "$x"},
	{"$d$x", "$xv"},
	{"$q$x", `\v`},
	// backslashes
	{`\$x`, "$x"},
	{`\\$x`, `\v`},
	{`\\\$x`, `\$x`},
	{`\\\\$x`, `\\v`},
	{`a\${x}b`, "a${x}b"},
	{`a\\${x}b`, `a\vb`},
	{`$x\$x`, "v$x"},
	{`$x\\$x`, `v\v`},
	{`\$x$x`, "$xv"},
	{`\$x\$x`, "$x$x"},
	{`\$two$two`, "$two1|$two2"},
	{`\$y\\${y}`, `\$y\\${y}`},
	{`\$$x`, `\$v`},
	{`\a\\b\`, `\a\\b\`},
}

func TestSubstitute(t *testing.T) {
	s := testSubstitution(t)
	for _, tt := range substitutions {
		words, err := s.Apply([]string{"first", tt.word, "last"})
		if err != nil || len(words) < 2 || words[0] != "first" || words[len(words)-1] != "last" {
			t.Errorf("Apply(%q) = %q, %v", tt.word, words, err)
			continue
		}
		if got := show(words[1 : len(words)-1]); got != tt.want {
			t.Errorf("Apply(%q) = %q; want %q", tt.word, got, tt.want)
		}
	}
}

func TestSubstituteKeys(t *testing.T) {
	s := testSubstitution(t)
	for _, key := range []string{"", "x"} {
		if err := s.Add(key, "1"); err != ErrKey {
			t.Errorf("Add(%q): %v; want ErrKey", key, err)
		}
	}
	// Keys are found however many there are.
	for i := range 1000 {
		if err := s.Add(strings.Repeat("k", i+1), "v"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Add("kkk"); err != ErrKey {
		t.Errorf("Add of one of many: %v; want ErrKey", err)
	}
	words, err := s.Apply([]string{"$x$kkk", "$none"})
	if err != nil || show(words) != "vv|$none" {
		t.Errorf("many keys: %q, %v", words, err)
	}
}

func TestSubstituteLarge(t *testing.T) {
	s := new(Substitution)
	if err := s.Add("v", make([]string, 1000)...); err != nil {
		t.Fatal(err)
	}
	if err := s.Add("0"); err != nil {
		t.Fatal(err)
	}
	many := strings.Repeat("$v", 30)
	if words, err := s.Apply([]string{many}); err != ErrTooLarge {
		t.Errorf("1000^30 words: %d words, %v", len(words), err)
	}
	if words, err := s.Apply([]string{many + "$0"}); err != nil || len(words) != 0 {
		t.Errorf("no words: %q, %v", words, err)
	}
}

func TestPositionalKeys(t *testing.T) {
	args := []string{"a", "b", "c"}
	for _, tt := range []struct {
		least uint64
		shift bool
		word  string
		want  string
	}{
		{0, false, "$#", "3"},
		{0, false, "$0", "script"},
		{0, false, "$@", "a|b|c"},
		{0, false, "$3${1}", "ca"},
		{0, false, "$4 $01", "$4 $01"},
		{5, false, "<${5}>", "<>"},
		{5, false, "$6", "$6"},
		{5, false, "$@", "a|b|c"},
		{4, false, "$#", "3"},
		{2, true, "$@", "c"},
		{2, true, "$1$#", "a3"},
		{3, true, "$@", ""},
		{4, true, "$@", ""},
		{1 << 40, true, "<${12345}>", "<>"},
	} {
		s := new(Substitution)
		if err := s.AddPositionals("script", args, tt.least, tt.shift); err != nil {
			t.Fatal(err)
		}
		words, err := s.Apply([]string{tt.word})
		if got := show(words); err != nil || got != tt.want {
			t.Errorf("least %d, shift %t: %q = %q, %v; want %q", tt.least, tt.shift, tt.word, got, err, tt.want)
		}
	}
	s := new(Substitution)
	if s.Add("3") != nil || s.AddPositionals("", args, 0, false) != ErrKey {
		t.Error("3 is defined twice")
	}
	if s.AddPositionals("", args[:2], 0, false) != nil || s.Add("@") != ErrKey || s.AddPositionals("", nil, 0, false) != ErrKey {
		t.Error("@ is defined twice")
	}
}

// naive substitutes by the letter of the rules, one byte after the other.
func naive(word string) []string {
	heads := []string{""}
	for word != "" {
		esc := len(word) - len(strings.TrimLeft(word, `\`))
		if rest := word[esc:]; strings.HasPrefix(rest, "$") {
			if d, n := naiveKey(rest); d != nil {
				half := strings.Repeat(`\`, esc/2)
				tails := []string{half + rest[:n]}
				if esc%2 == 0 {
					tails = nil
					for _, v := range d[1:] {
						tails = append(tails, half+v)
					}
				}
				var next []string
				for _, h := range heads {
					for _, tail := range tails {
						next = append(next, h+tail)
					}
				}
				heads, word = next, rest[n:]
				continue
			}
		}
		n := max(esc, 1)
		for i := range heads {
			heads[i] += word[:n]
		}
		word = word[n:]
	}
	return heads
}

// naiveKey returns the definition of the key s starts with, and its length.
func naiveKey(s string) ([]string, int) {
	for _, d := range define {
		if braced := "${" + d[0] + "}"; strings.HasPrefix(s, braced) {
			return d, len(braced)
		}
		if bare := "$" + d[0]; strings.HasPrefix(s, bare) && (len(s) == len(bare) || strings.IndexByte(`${}\`, s[len(bare)]) >= 0) {
			return d, len(bare)
		}
	}
	return nil, 0
}

func FuzzSubstitute(f *testing.F) {
	for _, tt := range substitutions {
		f.Add(tt.word)
	}
	f.Fuzz(func(t *testing.T, word string) {
		if strings.Count(word, "$") > 12 {
			return
		}
		got, err := testSubstitution(t).Apply([]string{word})
		if err != nil {
			t.Fatal(err)
		}
		if want := naive(word); !slices.Equal(got, want) {
			t.Errorf("Apply(%q) = %q; want %q", word, got, want)
		}
	})
}

func BenchmarkSubstitute(b *testing.B) {
	s := testSubstitution(b)
	words := strings.Fields(strings.Repeat("redirfd -w 1 /log/$x plain ${x}/b ", 20))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Apply(words); err != nil {
			b.Fatal(err)
		}
	}
}

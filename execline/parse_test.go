package execline

import (
	"slices"
	"strings"
	"testing"
)

var scripts = []struct {
	script string
	want   string // words separated by |
}{
	{"", ""},
	{"# only a comment", ""},
	{" \t\r\v\x1b\n", ""},
	{"a b\tc\rd\ne", "a|b|c|d|e"},
	{"a#b #c\nd", "a#b|d"},
	{"a\x00b", "a"},
	{"caf\xc3\xa9 \x7f\xff", "caf\xc3\xa9|\x7f\xff"},
	// quotes open and close anywhere
	{`""`, "."},
	{`a"b c"d "" e`, "ab cd|.|e"},
	{`"#{}$" 'a b'`, "#{}$|'a|b'"},
	{"\"a\nb\"", "a\nb"},
	// backslashes outside of quotes
	{`\{ \} \# \" \\ \a`, `{|}|#|"|\|a`},
	{"a \\\nb c\\\nd", "a|b|c\nd"},
	{`a \`, "a"},
	{`\ a`, " a"},
	// and in quotes
	{`"\a\b\t\n\v\f\r\e\$\"\\"`, "\a\b\t\n\v\f\re$\"\\"},
	{"\"a\\\nb\"", "ab"},
	{`"\0x41\0x4a\0xff"`, "AJ\xff"},
	{`"\0x411\0101\01012\065\101\1\9z\0x7q\0778"`, "A1AA25e\x01\tz\x07q?8"},
	{`"\0x9"`, "\t"},
	// blocks
	{"if { a b } c", "if| a| b|.|c"},
	{"a { b { c } d } e", "a| b|  c| .| d|.|e"},
	{"a { } b", "a|.|b"},
	{"a { { } } b", "a| .|.|b"},
	{"a { \"\" } b", "a| .|.|b"},
	{"{\n}\n", "."},
	{"a { b }", "a| b|."},
	// braces inside of words
	{"{} {a }b a{ b} {{ }} {# }#", "{}|{a|}b|a{|b}|{{|}}|{#|}#"},
	{`"{" {"a" }"b c" {\a`, "{|{a|}b c|{a"},
	{`x { {\" }\" }`, `x| {"| }"|.`},
}

// show joins words with bars, and marks the end of those without text.
func show(words []string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(w)
		if strings.Trim(w, " ") == "" {
			b.WriteByte('.')
		}
	}
	return b.String()
}

func TestParse(t *testing.T) {
	for _, tt := range scripts {
		words, err := Parse(tt.script)
		if got := show(words); err != nil || got != tt.want {
			t.Errorf("Parse(%q) = %q, %v; want %q", tt.script, got, err, tt.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, tt := range []struct{ script, want string }{
		{"a }", "1:3: unmatched }"},
		{"}", "1:1: unmatched }"},
		{"a {\n b }\n}\n", "3:1: unmatched }"},
		{"a {\n  b { c }\n", "1:3: unterminated block"},
		{"a {\n  b { c\n", "2:5: unterminated block"},
		{"a {", "1:3: unterminated block"},
		{"a \"b\nc", "1:3: unterminated quote"},
		{"a b\"\\", "1:4: unterminated quote"},
		{"a {\"", "1:4: unterminated quote"},
		{`"\01`, "1:1: unterminated quote"},
		{"\na\\", "2:2: nothing follows the backslash"},
		{`x "a\0"`, "1:5: escape sequence is no byte from 1 to 255"},
		{`x "a\00"`, "1:5: escape sequence is no byte from 1 to 255"},
		{`"\08"`, "1:2: escape sequence is no byte from 1 to 255"},
		{`"\0xg"`, "1:2: escape sequence is no byte from 1 to 255"},
		{`"\0x00"`, "1:2: escape sequence is no byte from 1 to 255"},
		{`"\256"`, "1:2: escape sequence is no byte from 1 to 255"},
		{`"\0400"`, "1:2: escape sequence is no byte from 1 to 255"},
	} {
		words, err := Parse(tt.script)
		if err == nil || err.Error() != tt.want {
			t.Errorf("Parse(%q) = %q, %v; want %s", tt.script, words, err, tt.want)
		}
	}
}

func TestParseDeep(t *testing.T) {
	words, err := Parse(strings.Repeat("{ ", 1000) + "a" + strings.Repeat(" }", 1000))
	if err != nil || len(words) != 1001 || words[0] != strings.Repeat(" ", 1000)+"a" || words[1] != strings.Repeat(" ", 999) || words[1000] != "" {
		t.Errorf("1000 blocks deep: %d words, %v", len(words), err)
	}
	_, err = Parse(strings.Repeat("{ ", 2e4) + strings.Repeat("} ", 2e4))
	if err == nil || !strings.Contains(err.Error(), "too many nested blocks") {
		t.Errorf("20000 blocks deep: %v; want an error", err)
	}
}

// TestLexerComplete finds cells nobody wrote: a state that is left through
// the zero cell would silently drop a byte.
func TestLexerComplete(t *testing.T) {
	for s := range lexer {
		for c := range lexer[s] {
			zero := lexer[s][c] == cell{}
			if zero && !(state(s) == between && (class(c) == blank || class(c) == newline)) &&
				!(class(c) == newline && (state(s) == commented || state(s) == skipping)) {
				t.Errorf("state %d, class %d: no cell", s, c)
			}
		}
	}
	for b := 1; b < 256; b++ {
		if (classOf[b] == blank || classOf[b] == newline) != (b <= ' ') {
			t.Errorf("byte %d has class %d", b, classOf[b])
		}
	}
}

// script writes words as a script that parses into them: all of them quoted,
// outside of any block, since their blanks say the rest.
func script(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteByte('"')
		for _, c := range []byte(w) {
			if c == '"' || c == '\\' {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		}
		b.WriteString("\" ")
	}
	return b.String()
}

func FuzzParse(f *testing.F) {
	for _, tt := range scripts {
		f.Add(tt.script)
	}
	f.Fuzz(func(t *testing.T, src string) {
		words, err := Parse(src)
		if err != nil {
			if e := err.(*SyntaxError); e.Line < 1 || e.Column < 1 || e.Line > strings.Count(src, "\n")+1 {
				t.Fatalf("%q: impossible place %v", src, e)
			}
			return
		}
		for _, w := range words {
			if strings.IndexByte(w, 0) >= 0 {
				t.Fatalf("%q: NUL in %q", src, w)
			}
		}
		again, err := Parse(script(words))
		if err != nil || !slices.Equal(again, words) {
			t.Fatalf("%q printed as %q: %q, %v; want %q", src, script(words), again, err, words)
		}
		// In a block, every word has one more blank.
		src, _, _ = strings.Cut(src, "\x00")
		inner, err := Parse("{ " + src + "\n}")
		for i := range words {
			words[i] = " " + words[i]
		}
		if words = append(words, ""); err != nil || !slices.Equal(inner, words) {
			t.Fatalf("%q in a block: %q, %v; want %q", src, inner, err, words)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	src := strings.Repeat("foreground { echo \"hello $world\" {a} } # comment\nif -n { test -e /etc/passwd }\n", 12000)
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(src); err != nil {
			b.Fatal(err)
		}
	}
}

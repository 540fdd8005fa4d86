package execline

import (
	"strconv"
	"strings"
	"unsafe"
)

// maxCompiled is the size in bytes up to which a script's words may grow.
// Only nesting makes them larger than the script: every word in a block has
// as many blanks as blocks are around it.
const maxCompiled = 64 << 20

// A SyntaxError says what is wrong with a script, and where.
type SyntaxError struct {
	Line, Column int // from 1; columns are bytes
	Text         string
}

func (e *SyntaxError) Error() string {
	return strconv.Itoa(e.Line) + ":" + strconv.Itoa(e.Column) + ": " + e.Text
}

// Parse turns a script into the words of its command line. The script ends at
// its first NUL.
//
// Blocks are compiled into words: each word in a block starts with as many
// blanks as there are blocks around it, and the end of a block is the empty
// word of that block, whose own blanks are one less.
//
// Every error is a [SyntaxError].
func Parse(script string) (words []string, err error) {
	if i := strings.IndexByte(script, 0); i >= 0 {
		script = script[:i]
	}
	p := parser{script: script, out: make([]byte, 0, len(script)+len(script)/8)}
	if err := p.run(); err != nil {
		return nil, err
	}
	return p.words(), nil
}

type parser struct {
	script string
	at     int    // in script
	since  int    // where in script the lexer came into its state
	out    []byte // the words, end to end
	ends   []int  // where in out each of them ends
	opened []int  // where in script the blocks around were opened
}

func (p *parser) run() error {
	for now := between; ; p.at++ {
		what := end
		if p.at < len(p.script) {
			what = classOf[p.script[p.at]]
		}
		c := lexer[now][what]
		if err := p.perform(c.do); err != nil {
			return err
		}
		if c.next == now {
			continue
		}
		switch {
		case c.next == done && len(p.opened) > 0:
			return p.fail(p.opened[len(p.opened)-1], "unterminated block")
		case c.next == done:
			return nil
		case c.next == failed && now == quoted:
			return p.fail(p.since, "unterminated quote")
		case c.next == failed:
			return p.fail(p.since, "nothing follows the backslash")
		}
		p.since, now = p.at, c.next
	}
}

func (p *parser) perform(do action) error {
	switch do {
	case begin, beginPut:
		level := len(p.opened)
		if len(p.out)+level > maxCompiled {
			return p.fail(p.at, "too many nested blocks")
		}
		for level > 0 {
			n := min(level, len(blanks))
			p.out = append(p.out, blanks[:n]...)
			level -= n
		}
		if do == beginPut {
			p.out = append(p.out, p.script[p.at])
		}
	case put:
		end := p.at + 1
		for end < len(p.script) && classOf[p.script[end]] == text {
			end++
		}
		p.out = append(p.out, p.script[p.at:end]...)
		p.at = end - 1
	case putOne:
		p.out = append(p.out, p.script[p.at])
	case finish:
		p.ends = append(p.ends, len(p.out))
	case openBlock:
		p.opened = append(p.opened, p.at-1)
		p.out = p.out[:len(p.out)-len(p.opened)]
	case closeBlock:
		if len(p.opened) == 0 {
			return p.fail(p.at-1, "unmatched }")
		}
		p.opened = p.opened[:len(p.opened)-1]
		p.out = p.out[:len(p.out)-len("}")-1]
		p.ends = append(p.ends, len(p.out))
	case unescape:
		return p.unescape()
	}
	return nil
}

const blanks = "                                "

// unescape reads the escape sequence in quotes that starts at p.at, and leaves
// p.at at its last byte.
//
// \a to \r as in C; \0xH or \0xHH is a byte in hexadecimal, \0 and up to three
// digits in octal, up to three digits that don't start with 0 in decimal; a
// newline vanishes; anything else stands for itself.
func (p *parser) unescape() error {
	start := p.at
	p.at++
	if p.at == len(p.script) {
		return p.fail(p.since, "unterminated quote")
	}
	base, digits := 10, 3
	switch c := p.script[p.at]; {
	case c == '\n':
		return nil
	case c == '0':
		base = 8
		p.at++
		if p.at < len(p.script) && p.script[p.at] == 'x' {
			base, digits = 16, 2
			p.at++
		}
	case c < '1' || c > '9':
		if i := strings.IndexByte("abtnvfr", c); i >= 0 {
			c = '\a' + byte(i)
		}
		p.out = append(p.out, c)
		return nil
	}
	value := 0
	for ; digits > 0 && p.at < len(p.script); digits-- {
		d := digit(p.script[p.at])
		if d >= base {
			break
		}
		value = value*base + d
		p.at++
	}
	if value == 0 || value > 0xff {
		return p.fail(start, "escape sequence is no byte from 1 to 255")
	}
	p.out = append(p.out, byte(value))
	p.at--
	return nil
}

// digit returns the value of a hexadecimal digit, or 16.
func digit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return 16
}

func (p *parser) fail(at int, text string) error {
	before := p.script[:at]
	return &SyntaxError{
		Line:   strings.Count(before, "\n") + 1,
		Column: at - strings.LastIndexByte(before, '\n'),
		Text:   text,
	}
}

// words cuts what was written into words, which share its memory.
func (p *parser) words() []string {
	if len(p.out) == 0 && len(p.ends) == 0 {
		return nil
	}
	all := unsafe.String(unsafe.SliceData(p.out), len(p.out))
	words := make([]string, len(p.ends))
	from := 0
	for i, to := range p.ends {
		words[i] = all[from:to]
		from = to
	}
	return words
}

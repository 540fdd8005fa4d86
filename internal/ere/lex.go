package ere

import "strings"

// An op is what a token means.
type op uint8

const (
	tokEnd op = iota
	tokByte
	tokPlace
	tokOpen
	tokClose
	tokOr
	tokCount
)

type token struct {
	op       op
	set      *set
	place    place
	min, max int
}

// next reads a token. At the start of an expression, a group or an alternative
// and behind an assertion, basic expressions read some characters in another
// way.
func (p *parser) next(atStart bool) {
	p.tok = p.read(atStart)
	if p.err != nil {
		p.tok = token{op: tokEnd}
	}
}

func (p *parser) read(atStart bool) token {
	if p.err != nil || p.at >= len(p.expr) {
		return token{op: tokEnd}
	}
	c := p.expr[p.at]
	p.at++
	basic := p.flags&Basic != 0
	switch c {
	case '.':
		return token{op: tokByte, set: &anyByte}
	case '[':
		s, err := p.bracket()
		if err != nil {
			p.fail(err)
		}
		return token{op: tokByte, set: s}
	case '*':
		if basic && atStart {
			break
		}
		return token{op: tokCount, max: infinity}
	case '\\':
		return p.escape(atStart)
	case '^':
		if basic && !(atStart && p.startsHere()) {
			break
		}
		return token{op: tokPlace, place: textStart}
	case '$':
		if basic && !p.endsHere() {
			break
		}
		return token{op: tokPlace, place: textEnd}
	}
	if basic {
		return p.char(c)
	}
	switch c {
	case '+':
		return token{op: tokCount, min: 1, max: infinity}
	case '?':
		return token{op: tokCount, max: 1}
	case '{':
		return p.interval()
	case '(':
		return token{op: tokOpen}
	case ')':
		if p.open > 0 {
			return token{op: tokClose}
		}
	case '|':
		return token{op: tokOr}
	}
	return p.char(c)
}

// startsHere reports whether the ^ just read, which is at a start, stands
// behind no assertion.
func (p *parser) startsHere() bool {
	before := p.expr[:p.at-1]
	return before == "" || strings.HasSuffix(before, `\(`) || strings.HasSuffix(before, `\|`)
}

// endsHere reports whether a basic expression, group or alternative ends here.
func (p *parser) endsHere() bool {
	rest := p.expr[p.at:]
	return rest == "" || strings.HasPrefix(rest, `\)`) || strings.HasPrefix(rest, `\|`)
}

// escape reads what follows a backslash.
func (p *parser) escape(atStart bool) token {
	if p.at >= len(p.expr) {
		p.fail(ErrEscape)
		return token{}
	}
	c := p.expr[p.at]
	p.at++
	switch c {
	case 'w':
		return token{op: tokByte, set: &wordBytes}
	case 'W':
		s := wordBytes.inverse()
		return token{op: tokByte, set: &s}
	case 's', 'S':
		s, _ := classSet("space")
		if c == 'S' {
			s = s.inverse()
		}
		return token{op: tokByte, set: &s}
	case 'b':
		return token{op: tokPlace, place: wordBoundary}
	case 'B':
		return token{op: tokPlace, place: noWordBoundary}
	case '<':
		return token{op: tokPlace, place: wordStart}
	case '>':
		return token{op: tokPlace, place: wordEnd}
	case '`':
		return token{op: tokPlace, place: textStart}
	case '\'':
		return token{op: tokPlace, place: textEnd}
	case '1', '2', '3', '4', '5', '6', '7', '8', '9':
		p.fail(ErrReference)
		return token{}
	}
	if p.flags&Basic == 0 {
		return p.char(c)
	}
	switch c {
	case '(':
		return token{op: tokOpen}
	case ')':
		return token{op: tokClose}
	case '|':
		return token{op: tokOr}
	case '{':
		if atStart {
			p.fail(ErrRepeat)
		}
		return p.interval()
	case '+', '?':
		if atStart {
			break
		}
		if c == '+' {
			return token{op: tokCount, min: 1, max: infinity}
		}
		return token{op: tokCount, max: 1}
	}
	return p.char(c)
}

// char is a character that stands for itself.
func (p *parser) char(c byte) token {
	s := new(set)
	s.add(c)
	if p.flags&FoldCase != 0 {
		s.fold()
	}
	return token{op: tokByte, set: s}
}

// interval reads {n}, {n,}, {n,m} or {,m} behind its brace.
func (p *parser) interval() token {
	min, hasMin := p.number()
	max := min
	if p.at < len(p.expr) && p.expr[p.at] == ',' {
		p.at++
		var hasMax bool
		if max, hasMax = p.number(); !hasMax {
			max = infinity
		}
	} else if !hasMin {
		p.fail(p.badInterval())
		return token{}
	}
	closing := "}"
	if p.flags&Basic != 0 {
		closing = `\}`
	}
	if !strings.HasPrefix(p.expr[p.at:], closing) {
		p.fail(p.badInterval())
		return token{}
	}
	p.at += len(closing)
	switch {
	case max != infinity && min > max:
		p.fail(ErrCount)
	case min > maxCount || max > maxCount:
		p.fail(ErrTooBig)
	}
	return token{op: tokCount, min: min, max: max}
}

func (p *parser) badInterval() error {
	if p.at >= len(p.expr) {
		return ErrBrace
	}
	return ErrCount
}

func (p *parser) number() (n int, ok bool) {
	for p.at < len(p.expr) && p.expr[p.at] >= '0' && p.expr[p.at] <= '9' {
		n = min(n*10+int(p.expr[p.at]-'0'), maxCount+1)
		p.at++
		ok = true
	}
	return n, ok
}

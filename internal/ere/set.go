package ere

import (
	"math/bits"
	"strings"
)

// A set is a set of bytes.
type set [4]uint64

var (
	anyByte   = set{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
	wordBytes = set{0x03ff000000000000, 0x07fffffe87fffffe} // letters, digits, _
)

func (s *set) add(c byte)      { s[c>>6] |= 1 << (c & 63) }
func (s *set) has(c byte) bool { return s[c>>6]&(1<<(c&63)) != 0 }

func (s *set) addRange(lo, hi byte) {
	for c := int(lo); c <= int(hi); c++ {
		s.add(byte(c))
	}
}

func (s *set) addSet(t set) {
	for i := range s {
		s[i] |= t[i]
	}
}

func (s set) inverse() set { return set{^s[0], ^s[1], ^s[2], ^s[3]} }

// fold adds the other case of each letter in s.
func (s *set) fold() {
	for c := byte('a'); c <= 'z'; c++ {
		upper := c - 'a' + 'A'
		if s.has(c) || s.has(upper) {
			s.add(c)
			s.add(upper)
		}
	}
}

// single returns the byte of a set that has one.
func (s *set) single() (c byte, ok bool) {
	n := 0
	for i, word := range s {
		if word != 0 {
			n += bits.OnesCount64(word)
			c = byte(i<<6 + bits.TrailingZeros64(word))
		}
	}
	return c, n == 1
}

// bracket reads a bracket expression behind its [.
func (p *parser) bracket() (*set, error) {
	s := new(set)
	negate := p.at < len(p.expr) && p.expr[p.at] == '^'
	if negate {
		p.at++
	}
	for first := true; ; first = false {
		if p.at >= len(p.expr) {
			return nil, ErrBracket
		}
		if p.expr[p.at] == ']' && !first {
			p.at++
			break
		}
		if err := p.element(s, first); err != nil {
			return nil, err
		}
	}
	if p.flags&FoldCase != 0 {
		s.fold()
	}
	if negate {
		*s = s.inverse()
	}
	return s, nil
}

// element adds a character, range or class of a bracket expression to s.
func (p *parser) element(s *set, first bool) error {
	if class, ok, err := p.named(':'); err != nil {
		return err
	} else if ok {
		t, known := classSet(class)
		if !known {
			return ErrClass
		}
		s.addSet(t)
		if p.isRange() {
			return ErrRange
		}
		return nil
	}
	// A hyphen stands for itself only where no range can be meant.
	if p.expr[p.at] == '-' && !first && !strings.HasPrefix(p.expr[p.at+1:], "]") {
		return ErrRange
	}
	lo, equivalence, err := p.endpoint()
	if err != nil {
		return err
	}
	if !p.isRange() {
		s.add(lo)
		return nil
	}
	p.at++
	if p.at >= len(p.expr) {
		return ErrBracket
	}
	hi, equivalence2, err := p.endpoint()
	if err != nil {
		return err
	}
	if equivalence || equivalence2 || lo > hi {
		return ErrRange
	}
	s.addRange(lo, hi)
	return nil
}

// isRange reports whether a hyphen follows that means a range.
func (p *parser) isRange() bool {
	rest := p.expr[p.at:]
	return len(rest) > 1 && rest[0] == '-' && rest[1] != ']'
}

// endpoint reads a character, which may be written [.c.] or [=c=].
func (p *parser) endpoint() (c byte, equivalence bool, err error) {
	for _, mark := range [...]byte{'.', '='} {
		name, ok, err := p.named(mark)
		switch {
		case err != nil:
			return 0, false, err
		case ok && len(name) != 1:
			return 0, false, ErrCollate
		case ok:
			return name[0], mark == '=', nil
		}
	}
	if _, ok, err := p.named(':'); ok || err != nil {
		return 0, false, ErrRange
	}
	c = p.expr[p.at]
	p.at++
	return c, false, nil
}

// named reads [MARK name MARK].
func (p *parser) named(mark byte) (name string, ok bool, err error) {
	rest := p.expr[p.at:]
	if len(rest) < 2 || rest[0] != '[' || rest[1] != mark {
		return "", false, nil
	}
	end := strings.Index(rest[2:], string([]byte{mark, ']'}))
	if end < 0 {
		return "", false, ErrBracket
	}
	p.at += 2 + end + 2
	return rest[2 : 2+end], true, nil
}

// classSet returns the bytes of a character class of the C locale.
func classSet(name string) (s set, ok bool) {
	switch name {
	case "alnum":
		s.addRange('0', '9')
		fallthrough
	case "alpha":
		s.addRange('A', 'Z')
		s.addRange('a', 'z')
	case "blank":
		s.add(' ')
		s.add('\t')
	case "cntrl":
		s.addRange(0, 31)
		s.add(127)
	case "digit":
		s.addRange('0', '9')
	case "graph":
		s.addRange('!', '~')
	case "lower":
		s.addRange('a', 'z')
	case "print":
		s.addRange(' ', '~')
	case "punct":
		s.addRange('!', '/')
		s.addRange(':', '@')
		s.addRange('[', '`')
		s.addRange('{', '~')
	case "space":
		s.addRange('\t', '\r')
		s.add(' ')
	case "upper":
		s.addRange('A', 'Z')
	case "xdigit":
		s.addRange('0', '9')
		s.addRange('A', 'F')
		s.addRange('a', 'f')
	default:
		return s, false
	}
	return s, true
}

// Package ere matches POSIX regular expressions, extended and basic, in the C
// locale: a character is a byte.
//
// The syntax is that of glibc's regcomp without REG_NEWLINE: beside POSIX it
// knows \w \W \s \S \b \B \< \> \` \' and, in basic expressions, \+ \? \|; in
// extended ones {,n}, and an unmatched ) that stands for itself. There are no
// back-references.
//
// Time to match is at most proportional to the text's length times the
// expression's, whatever either contains (see [Regexp.Submatches] for the
// exception); an expression that counts too far is refused.
package ere

import (
	"strings"
	"unsafe"
)

// Flags choose a dialect.
type Flags uint8

const (
	// Basic is the syntax of basic regular expressions.
	Basic Flags = 1 << iota
	// FoldCase makes letters match whatever their case.
	FoldCase
)

// A Regexp is a compiled expression. It keeps what it learns while matching:
// use it from one goroutine at a time.
type Regexp struct {
	root    *node
	groups  int
	prog    program
	literal string // if isLiteral, all that is looked for
	isPlain bool
	dfa     dfa
}

// An Error says what is wrong with an expression.
type Error string

func (e Error) Error() string { return string(e) }

// Errors of [Compile].
const (
	ErrBracket   = Error("unmatched [")
	ErrParen     = Error("unmatched (")
	ErrRightPar  = Error("unmatched )")
	ErrBrace     = Error("unmatched {")
	ErrCount     = Error("invalid repetition count")
	ErrRepeat    = Error("nothing to repeat")
	ErrRange     = Error("invalid range")
	ErrClass     = Error("unknown character class")
	ErrCollate   = Error("unknown collating element")
	ErrEscape    = Error("trailing backslash")
	ErrReference = Error("back-references are not supported")
	ErrTooBig    = Error("regular expression is too big")
)

// Compile compiles an expression.
func Compile(expr string, flags Flags) (*Regexp, error) {
	p := parser{expr: expr, flags: flags}
	root, err := p.parse()
	if err != nil {
		return nil, err
	}
	re := &Regexp{root: root, groups: p.groups}
	if err := re.prog.compile(root); err != nil {
		return nil, err
	}
	re.literal, re.isPlain = plain(root)
	re.dfa.init(&re.prog, root.beginsAtStart())
	return re, nil
}

// Groups returns the number of parenthesized groups.
func (re *Regexp) Groups() int { return re.groups }

// Match reports whether the expression matches anywhere in b.
func (re *Regexp) Match(b []byte) bool {
	if re.isPlain {
		return strings.Contains(unsafe.String(unsafe.SliceData(b), len(b)), re.literal)
	}
	return re.dfa.match(b)
}

// MatchString is Match for a string.
func (re *Regexp) MatchString(s string) bool {
	if re.isPlain {
		return strings.Contains(s, re.literal)
	}
	return re.dfa.match(unsafe.Slice(unsafe.StringData(s), len(s)))
}

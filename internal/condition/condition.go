// Package condition evaluates the expressions of eltest: those of test(1),
// of any length, with a few more operators.
//
//	or    = and { -o and }
//	and   = not { -a not }
//	not   = { ! } ( "(" or ")" | unary WORD | WORD binary WORD | WORD )
//
// A word that looks like an operator always is one; one that starts with a
// backslash never is, and loses it. Source: execline, eltest.c and its page.
package condition

import "strconv"

// A node is a part of an expression.
type node struct {
	operator    string // "" for a word alone
	left, right string // operands of an operator on words
	subs        []*node
}

// An Expression is what [Parse] made of words.
type Expression struct{ root *node }

// An Error says what is wrong with an expression.
type Error string

func (e Error) Error() string { return string(e) }

// Parse reads an expression. Every error is an [Error].
func Parse(words []string) (*Expression, error) {
	p := parser{words: words}
	root := p.or()
	if !p.bad && p.at == len(words) {
		return &Expression{root}, nil
	}
	return nil, Error("parse error at argument " + strconv.Itoa(p.at))
}

// A parser reads words up to the first that cannot stand where it does.
type parser struct {
	words []string
	at    int
	depth int // parentheses around
	bad   bool
}

// maxDepth bounds the memory that an expression can make us use.
const maxDepth = 10000

// class is the kind of the current word.
func (p *parser) class() class {
	if p.bad || p.at == len(p.words) {
		return end
	}
	return classify(p.words[p.at])
}

func (p *parser) or() *node { return p.list("-o", or, p.and) }

func (p *parser) and() *node { return p.list("-a", and, p.not) }

func (p *parser) list(operator string, separator class, part func() *node) *node {
	subs := []*node{part()}
	for p.class() == separator {
		p.at++
		subs = append(subs, part())
	}
	if len(subs) == 1 {
		return subs[0]
	}
	return &node{operator: operator, subs: subs}
}

func (p *parser) not() *node {
	negate := false
	for p.class() == not {
		p.at++
		negate = !negate
	}
	n := p.atom()
	if negate {
		return &node{operator: "!", subs: []*node{n}}
	}
	return n
}

func (p *parser) atom() *node {
	switch p.class() {
	case open:
		if p.depth++; p.depth > maxDepth {
			break
		}
		p.at++
		n := p.or()
		p.expect(closing)
		p.depth--
		return n
	case unary:
		operator := p.words[p.at]
		p.at++
		return &node{operator: operator, left: p.word()}
	case word:
		n := &node{left: p.word()}
		if p.class() == binary {
			n.operator = p.words[p.at]
			p.at++
			n.right = p.word()
		}
		return n
	}
	p.bad = true
	return nil
}

func (p *parser) expect(c class) {
	if p.class() != c {
		p.bad = true
		return
	}
	p.at++
}

// word takes a word that is no operator.
func (p *parser) word() string {
	if p.expect(word); p.bad {
		return ""
	}
	text := p.words[p.at-1]
	if text != "" && text[0] == '\\' {
		text = text[1:]
	}
	return text
}

// A class is what a word is in an expression.
type class uint8

const (
	word class = iota
	unary
	binary
	not
	and
	or
	open
	closing
	end
)

func classify(text string) class {
	switch text {
	case "!":
		return not
	case "-a":
		return and
	case "-o":
		return or
	case "(":
		return open
	case ")":
		return closing
	case "-n", "-z", "-v", "-t",
		"-e", "-f", "-d", "-b", "-c", "-p", "-S", "-h", "-L", "-u", "-g", "-k",
		"-r", "-w", "-x", "-s", "-O", "-U", "-G", "-N":
		return unary
	case "=", "!=", "<", "<=", ">", ">=", "=~",
		"-eq", "-ne", "-gt", "-ge", "-lt", "-le",
		"-nt", "-ot", "-ef":
		return binary
	}
	return word
}

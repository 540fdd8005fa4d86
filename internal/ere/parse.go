package ere

import "slices"

// A kind is what a node matches.
type kind uint8

const (
	empty     kind = iota
	oneByte        // one byte of a set
	assert         // a place in the text
	concat         // subs one after the other
	alternate      // one of subs
	repeat         // sub from min to max times
	group          // sub, numbered
)

// A node is a part of a parsed expression.
type node struct {
	kind     kind
	set      *set
	place    place
	subs     []*node
	min, max int // max is infinite for infinity
	number   int
	depth    int // of the tree below
}

const infinity = -1

// A place is a condition on what is around a position in the text.
type place uint8

const (
	textStart place = iota
	textEnd
	wordBoundary
	noWordBoundary
	wordStart
	wordEnd
)

const (
	maxCount = 0x7fff // RE_DUP_MAX
	maxDepth = 1000
)

// A parser reads one expression.
type parser struct {
	expr   string
	at     int
	flags  Flags
	groups int
	open   int   // groups around
	tok    token // the current one
	err    error
}

func (p *parser) parse() (*node, error) {
	p.next(true)
	root := p.alternatives()
	if p.err == nil && p.tok.op == tokClose {
		p.err = ErrRightPar
	}
	if p.err == nil && root.depth > maxDepth {
		p.err = ErrTooBig
	}
	return root, p.err
}

func (p *parser) fail(err error) {
	if p.err == nil {
		p.err = err
	}
	p.tok = token{op: tokEnd}
}

// make returns a node above subs.
func (p *parser) make(n node) *node {
	for _, sub := range n.subs {
		n.depth = max(n.depth, sub.depth+1)
	}
	if n.depth > maxDepth {
		p.fail(ErrTooBig)
	}
	return &n
}

func (p *parser) alternatives() *node {
	subs := []*node{p.branch()}
	for p.tok.op == tokOr {
		p.next(true)
		subs = append(subs, p.branch())
	}
	if len(subs) == 1 {
		return subs[0]
	}
	return p.make(node{kind: alternate, subs: subs})
}

func (p *parser) branch() *node {
	var subs []*node
	for p.tok.op != tokOr && p.tok.op != tokEnd && p.tok.op != tokClose {
		subs = append(subs, p.piece())
	}
	switch len(subs) {
	case 0:
		return &node{kind: empty}
	case 1:
		return subs[0]
	}
	return p.make(node{kind: concat, subs: subs})
}

// piece parses an atom and the repetitions behind it. A place cannot be
// repeated: what follows it starts anew.
func (p *parser) piece() *node {
	var n *node
	switch t := p.tok; t.op {
	case tokByte:
		n = &node{kind: oneByte, set: t.set}
		p.next(false)
	case tokPlace:
		n = &node{kind: assert, place: t.place}
		p.next(true)
		return n
	case tokOpen:
		n = p.group()
	default: // repetitions
		p.fail(ErrRepeat)
		return &node{kind: empty}
	}
	for p.err == nil && p.tok.op == tokCount {
		n = p.make(node{kind: repeat, subs: []*node{n}, min: p.tok.min, max: p.tok.max})
		p.next(false)
	}
	return n
}

func (p *parser) group() *node {
	p.groups++
	p.open++
	number := p.groups
	if p.open > maxDepth {
		p.fail(ErrTooBig)
	}
	p.next(true)
	sub := p.alternatives()
	if p.tok.op != tokClose {
		p.fail(ErrParen)
	}
	p.open--
	p.next(false)
	return p.make(node{kind: group, subs: []*node{sub}, number: number})
}

// beginsAtStart reports whether a match can only begin where the text does.
func (n *node) beginsAtStart() bool {
	switch n.kind {
	case assert:
		return n.place == textStart
	case concat, group:
		return n.subs[0].beginsAtStart()
	case repeat:
		return n.min > 0 && n.subs[0].beginsAtStart()
	case alternate:
		return !slices.ContainsFunc(n.subs, func(sub *node) bool { return !sub.beginsAtStart() })
	}
	return false
}

// plain returns the text that n looks for, if it is nothing but text.
func plain(n *node) (text string, ok bool) {
	subs := n.subs
	if n.kind == oneByte {
		subs = []*node{n}
	} else if n.kind != concat {
		return "", false
	}
	var b []byte
	for _, sub := range subs {
		if sub.kind != oneByte {
			return "", false
		}
		c, ok := sub.set.single()
		if !ok {
			return "", false
		}
		b = append(b, c)
	}
	return string(b), true
}

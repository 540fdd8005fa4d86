package ere

// Submatches returns where the leftmost match begins and ends in s, the
// longest of those that begin there, and the same for each group: two numbers
// for each, -1 if the group took no part. Without a match it returns nil.
//
// As POSIX has it, what stands further left in the expression takes as much as
// it can; a group that is repeated counts in its last repetition.
//
// It takes time in the square of the text's length, or more where the
// expression nests repetitions.
func (re *Regexp) Submatches(s string) []int {
	m := matcher{text: s, programs: make(map[*node]program)}
	m.found = make([]int, 2*(re.groups+1))
	for i := range m.found {
		m.found[i] = -1
	}
	for from := 0; from <= len(s); from++ {
		ends := m.ends(re.root, from, len(s))
		if len(ends) == 0 {
			continue
		}
		to := ends[len(ends)-1]
		m.found[0], m.found[1] = from, to
		m.divide(re.root, from, to)
		return m.found
	}
	return nil
}

// A matcher divides a match among the parts of an expression.
type matcher struct {
	text      string
	found     []int
	programs  map[*node]program
	now, then threads
}

// divide notes the groups in n, which is known to match the text from from
// to to.
func (m *matcher) divide(n *node, from, to int) {
	switch n.kind {
	case group:
		m.found[2*n.number], m.found[2*n.number+1] = from, to
		m.divide(n.subs[0], from, to)
	case alternate:
		for _, sub := range n.subs {
			if m.matches(sub, from, to) {
				m.divide(sub, from, to)
				return
			}
		}
	case concat:
		for len(n.subs) > 1 {
			rest := &node{kind: concat, subs: n.subs[1:]}
			middle := m.longest(n.subs[0], rest, from, to)
			m.divide(n.subs[0], from, middle)
			n, from = rest, middle
		}
		m.divide(n.subs[0], from, to)
	case repeat:
		m.divideRepeat(n, from, to)
	}
}

func (m *matcher) divideRepeat(n *node, from, to int) {
	sub, rest := n.subs[0], *n
	times := 0
	for ; from < to; times++ {
		left := rest
		left.min = max(rest.min-1, 0)
		if rest.max != infinity {
			left.max--
		}
		middle := m.longest(sub, &left, from, to)
		m.forget(sub)
		m.divide(sub, from, middle)
		from, rest = middle, left
	}
	// At the end of the text the rest are empty repetitions: at least one, if
	// there was none before.
	if (rest.min > 0 || times == 0) && rest.max != 0 && m.matches(sub, to, to) {
		m.forget(sub)
		m.divide(sub, to, to)
	}
}

// forget resets the groups in n.
func (m *matcher) forget(n *node) {
	if n.kind == group {
		m.found[2*n.number], m.found[2*n.number+1] = -1, -1
	}
	for _, sub := range n.subs {
		m.forget(sub)
	}
}

// longest returns the furthest place up to which n matches from from so that
// rest matches from there to to. There is one.
func (m *matcher) longest(n, rest *node, from, to int) int {
	ends := m.ends(n, from, to)
	for i := len(ends) - 1; i > 0; i-- {
		if m.matches(rest, ends[i], to) {
			return ends[i]
		}
	}
	return ends[0]
}

func (m *matcher) matches(n *node, from, to int) bool {
	ends := m.ends(n, from, to)
	return len(ends) > 0 && ends[len(ends)-1] == to
}

// ends returns the places up to to where matches of n that begin at from end,
// in ascending order.
func (m *matcher) ends(n *node, from, to int) (ends []int) {
	prog, ok := m.programs[n]
	if !ok {
		prog.compile(n) // it fits: it is part of one that did
		m.programs[n] = prog
	}
	m.now.reset(len(prog))
	m.now.follow(prog, 0, m.around(from))
	for at := from; ; at++ {
		m.then.reset(len(prog))
		for _, pc := range m.now.list {
			switch in := &prog[pc]; {
			case in.op == opMatch:
				ends = append(ends, at)
			case in.op == opByte && at < to && in.set.has(m.text[at]):
				m.then.follow(prog, pc+1, m.around(at+1))
			}
		}
		m.now, m.then = m.then, m.now
		if at == to || len(m.now.list) == 0 {
			return ends
		}
	}
}

func (m *matcher) around(at int) context {
	c := context{start: at == 0, end: at == len(m.text)}
	c.wordBefore = !c.start && wordBytes.has(m.text[at-1])
	c.wordNext = !c.end && wordBytes.has(m.text[at])
	return c
}

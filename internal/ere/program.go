package ere

// An opcode is a kind of instruction.
type opcode uint8

const (
	opByte   opcode = iota // take a byte of set, go on behind
	opSplit                // go on at x and at y
	opJump                 // go on at x
	opAssert               // go on behind, at such a place
	opMatch
)

type instruction struct {
	op    opcode
	place place
	x, y  int32
	set   *set
}

// A program is an expression as the instructions of a nondeterministic
// automaton. It starts at the first and ends with opMatch.
type program []instruction

// maxProgram bounds the instructions that counted repetitions expand to.
const maxProgram = 1 << 16

func (p *program) compile(n *node) error {
	if !p.add(n) {
		return ErrTooBig
	}
	*p = append(*p, instruction{op: opMatch})
	return nil
}

// add appends n's instructions, which leave at their end, and reports whether
// there was room.
func (p *program) add(n *node) bool {
	if len(*p) > maxProgram {
		return false
	}
	switch n.kind {
	case oneByte:
		*p = append(*p, instruction{op: opByte, set: n.set})
	case assert:
		*p = append(*p, instruction{op: opAssert, place: n.place})
	case group:
		return p.add(n.subs[0])
	case concat:
		for _, sub := range n.subs {
			if !p.add(sub) {
				return false
			}
		}
	case alternate:
		return p.addAlternatives(n.subs)
	case repeat:
		return p.addRepeat(n)
	}
	return true
}

func (p *program) addAlternatives(subs []*node) bool {
	var jumps []int
	for i, sub := range subs {
		if i == len(subs)-1 {
			if !p.add(sub) {
				return false
			}
			break
		}
		split := p.emit(instruction{op: opSplit})
		if !p.add(sub) {
			return false
		}
		jumps = append(jumps, p.emit(instruction{op: opJump}))
		(*p)[split].x, (*p)[split].y = int32(split+1), int32(len(*p))
	}
	for _, jump := range jumps {
		(*p)[jump].x = int32(len(*p))
	}
	return true
}

// addRepeat writes the sub-expression as often as it must match, and then as
// a loop or as often as it may.
func (p *program) addRepeat(n *node) bool {
	for range n.min {
		if !p.add(n.subs[0]) {
			return false
		}
	}
	if n.max == infinity {
		split := p.emit(instruction{op: opSplit})
		if !p.add(n.subs[0]) {
			return false
		}
		p.emit(instruction{op: opJump, x: int32(split)})
		(*p)[split].x, (*p)[split].y = int32(split+1), int32(len(*p))
		return true
	}
	var splits []int
	for range n.max - n.min {
		splits = append(splits, p.emit(instruction{op: opSplit}))
		if !p.add(n.subs[0]) {
			return false
		}
	}
	for _, split := range splits {
		(*p)[split].x, (*p)[split].y = int32(split+1), int32(len(*p))
	}
	return true
}

func (p *program) emit(in instruction) (index int) {
	*p = append(*p, in)
	return len(*p) - 1
}

// A context is what assertions look at: what is around a position.
type context struct {
	start, end           bool
	wordBefore, wordNext bool
}

func (c context) holds(at place) bool {
	switch at {
	case textStart:
		return c.start
	case textEnd:
		return c.end
	case wordBoundary:
		return c.wordBefore != c.wordNext
	case noWordBoundary:
		return c.wordBefore == c.wordNext
	case wordStart:
		return !c.wordBefore && c.wordNext
	}
	return c.wordBefore && !c.wordNext
}

// A threads is a set of places in a program, which lists its members in the
// order they came in.
type threads struct {
	list []int32
	in   []uint32 // by place: the generation in which it came in
	gen  uint32
}

func (t *threads) reset(size int) {
	if len(t.in) < size {
		t.in = make([]uint32, size)
		t.gen = 0
	}
	t.list = t.list[:0]
	if t.gen++; t.gen == 0 {
		clear(t.in)
		t.gen = 1
	}
}

// follow adds pc, and where it leads to without taking a byte.
func (t *threads) follow(p program, pc int32, around context) {
	start := len(t.list)
	t.push(pc)
	for i := start; i < len(t.list); i++ {
		switch in := &p[t.list[i]]; in.op {
		case opSplit:
			t.push(in.x)
			t.push(in.y)
		case opJump:
			t.push(in.x)
		case opAssert:
			if around.holds(in.place) {
				t.push(t.list[i] + 1)
			}
		}
	}
}

func (t *threads) push(pc int32) {
	if t.in[pc] != t.gen {
		t.in[pc] = t.gen
		t.list = append(t.list, pc)
	}
}

package ere

import "slices"

// A dfa is the deterministic automaton of a program, of which it knows the
// states the texts so far have led to. It says only whether there is a match.
//
// A state is the set of instructions that the next byte meets, before they are
// followed: whether assertions hold depends on that byte, too.
type dfa struct {
	prog     program
	anchored bool       // a match can only begin at the start of the text
	classOf  [256]uint8 // bytes of one class are alike to the program
	sample   []byte     // a byte of each class
	states   []dfaState
	next     []int32          // len(sample)+1 for each state: where a byte of each class leads, and the end
	known    map[string]int32 // by the state's instructions and flags
	size     int              // of all states, in numbers
	threads  threads
}

type dfaState struct {
	pcs        []int32
	start      bool
	wordBefore bool
}

// A state is named by where its part of next begins. Other values say where a
// transition leads that leads to no state.
const (
	first    int32 = 0
	unknown  int32 = -1
	accepted int32 = -2
	rejected int32 = -3
)

// maxSize is how many numbers the states may hold; then it all starts anew.
const maxSize = 1 << 18

func (d *dfa) init(prog *program, anchored bool) {
	d.prog, d.anchored = *prog, anchored
	d.classify()
	d.forget()
}

// classify divides the bytes into classes that no set of the program parts.
func (d *dfa) classify() {
	classes := [256]uint8{}
	n := 1
	split := func(s *set) {
		var moved [256]int16 // by class: the class of its bytes in s
		var outside [256]bool
		for c := range 256 {
			outside[classes[c]] = outside[classes[c]] || !s.has(byte(c))
		}
		for c := range 256 {
			if old := classes[c]; s.has(byte(c)) && outside[old] {
				if moved[old] == 0 {
					moved[old] = int16(n)
					n++
				}
				classes[c] = uint8(moved[old])
			}
		}
	}
	done := make(map[set]bool)
	for i := range d.prog {
		in := &d.prog[i]
		s := in.set
		if in.op == opAssert && in.place != textStart && in.place != textEnd {
			s = &wordBytes
		}
		if s != nil && !done[*s] {
			done[*s] = true
			split(s)
		}
	}
	d.classOf = classes
	d.sample = make([]byte, n)
	for c := range 256 {
		d.sample[classes[c]] = byte(c)
	}
}

// forget drops all states but the first.
func (d *dfa) forget() {
	d.states, d.next, d.size = d.states[:0], d.next[:0], 0
	d.known = make(map[string]int32)
	d.state([]int32{0}, true, false)
}

// state returns the name of a state, which may be new.
func (d *dfa) state(pcs []int32, start, wordBefore bool) int32 {
	flags := byte(0)
	if start {
		flags |= 1
	}
	if wordBefore {
		flags |= 2
	}
	key := make([]byte, 0, 1+4*len(pcs))
	key = append(key, flags)
	for _, pc := range pcs {
		key = append(key, byte(pc), byte(pc>>8), byte(pc>>16), byte(pc>>24))
	}
	if id, ok := d.known[string(key)]; ok {
		return id
	}
	id := int32(len(d.next))
	d.known[string(key)] = id
	d.states = append(d.states, dfaState{append([]int32(nil), pcs...), start, wordBefore})
	for range len(d.sample) + 1 {
		d.next = append(d.next, unknown)
	}
	d.size += len(pcs) + len(d.sample) + 1
	return id
}

// match reports whether the program matches anywhere in text.
func (d *dfa) match(text []byte) bool {
	at := first
	for _, c := range text {
		class := int32(d.classOf[c])
		next := d.next[at+class]
		if next == unknown {
			next = d.step(at, int(class))
		}
		if next < 0 {
			return next == accepted
		}
		at = next
	}
	end := len(d.sample)
	next := d.next[int(at)+end]
	if next == unknown {
		next = d.step(at, end)
	}
	return next == accepted
}

// step finds out where a byte of the class leads from a state, or the end of
// the text.
func (d *dfa) step(from int32, class int) int32 {
	s := &d.states[int(from)/(len(d.sample)+1)]
	isEnd := class == len(d.sample)
	around := context{start: s.start, end: isEnd, wordBefore: s.wordBefore}
	if !isEnd {
		around.wordNext = wordBytes.has(d.sample[class])
	}
	d.threads.reset(len(d.prog))
	for _, pc := range s.pcs {
		d.threads.follow(d.prog, pc, around)
	}
	next := &d.next[int(from)+class]
	*next = rejected
	var pcs []int32
	for _, pc := range d.threads.list {
		switch in := &d.prog[pc]; {
		case in.op == opMatch:
			*next = accepted
			return accepted
		case in.op == opByte && !isEnd && in.set.has(d.sample[class]):
			pcs = append(pcs, pc+1)
		}
	}
	if isEnd || d.anchored && len(pcs) == 0 {
		return rejected
	}
	if !d.anchored {
		pcs = append(pcs, 0)
	}
	slices.Sort(pcs)
	if d.size > maxSize {
		d.forget()
		return d.state(pcs, false, around.wordNext)
	}
	to := d.state(pcs, false, around.wordNext)
	d.next[int(from)+class] = to
	return to
}

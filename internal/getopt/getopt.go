// Package getopt reads options as skalibs' subgetopt does: single letters,
// bundled or not, values glued to their letter or in the next word; the first
// word that is no option ends them, and so does "--", which is taken away.
// A lone "-" is an operand. Options known by a long name too (skalibs' gol)
// take a value only as --name=value.
package getopt

import "strconv"

// A Set walks over the options of one command line.
type Set struct {
	// Flag is the letter of the option that Next found, and Arg its value.
	Flag byte
	Arg  string

	// Apart allows the value of a long option in the next word too, which
	// skalibs does not.
	Apart bool

	// Unknown makes Next return letters that are no option, as options
	// without a value, instead of calling them wrong usage.
	Unknown bool

	spec string
	long []Long
	args []string
	pos  int // in args[0], which is a bundle of letters when pos > 0
	bad  bool
}

// A Long is a long name of a single-letter option.
type Long struct {
	Name string
	Flag byte
}

// New returns the options of args. spec lists their letters, each followed by
// a colon if it takes a value.
func New(spec string, args []string) Set { return Set{spec: spec, args: args} }

// NewLong is New for a program that knows long options as well. A long option
// takes a value if its letter does.
func NewLong(spec string, long []Long, args []string) Set {
	return Set{spec: spec, long: long, args: args}
}

// Next goes to the next option and reports whether there is one. It is false
// at the first operand and after wrong usage; Operands tells the two apart.
func (s *Set) Next() bool {
	if s.bad {
		return false
	}
	if s.pos == 0 {
		if len(s.args) == 0 || len(s.args[0]) < 2 || s.args[0][0] != '-' {
			return false
		}
		if s.args[0] == "--" {
			s.args = s.args[1:]
			s.spec, s.long = "", nil
			s.pos = -1 // what follows is operands, whatever it looks like
			return false
		}
		if s.args[0][:2] == "--" && s.long != nil {
			return s.nextLong()
		}
		s.pos = 1
	}
	if s.pos < 0 {
		return false
	}
	word := s.args[0]
	s.Flag, s.Arg = word[s.pos], ""
	s.pos++
	takesArg, known := s.lookup(s.Flag)
	if !known && !s.Unknown {
		return s.fail()
	}
	rest := word[s.pos:]
	if !takesArg {
		if rest == "" {
			s.shift()
		}
		return true
	}
	s.shift()
	if rest != "" {
		s.Arg = rest
		return true
	}
	if len(s.args) == 0 {
		return s.fail()
	}
	s.Arg = s.args[0]
	s.args = s.args[1:]
	return true
}

func (s *Set) nextLong() bool {
	name, value, hasValue := s.args[0][2:], "", false
	for i := range len(name) {
		if name[i] == '=' {
			name, value, hasValue = name[:i], name[i+1:], true
			break
		}
	}
	for _, l := range s.long {
		if l.Name != name {
			continue
		}
		takesArg, _ := s.lookup(l.Flag)
		if s.Apart && takesArg && !hasValue && len(s.args) > 1 {
			s.shift()
			value, hasValue = s.args[0], true
		}
		if takesArg != hasValue {
			return s.fail()
		}
		s.Flag, s.Arg = l.Flag, value
		s.shift()
		return true
	}
	return s.fail()
}

func (s *Set) shift() {
	s.args = s.args[1:]
	s.pos = 0
}

func (s *Set) lookup(flag byte) (takesArg, known bool) {
	if flag == ':' {
		return false, false
	}
	for i := range len(s.spec) {
		if s.spec[i] == flag {
			return i+1 < len(s.spec) && s.spec[i+1] == ':', true
		}
	}
	return false, false
}

func (s *Set) fail() bool {
	s.bad = true
	return false
}

// Bad marks the command line as wrong usage, for a value only the caller can
// judge.
func (s *Set) Bad() { s.bad = true }

// Operands returns what follows the options, and false after wrong usage.
func (s *Set) Operands() (args []string, ok bool) { return s.args, !s.bad }

// Uint returns the option's value as a number of at most max; anything else
// is wrong usage.
func (s *Set) Uint(max uint64) uint64 {
	n, ok := Uint(s.Arg)
	if !ok || n > max {
		s.Bad()
		return 0
	}
	return n
}

// Octal is Uint for a file mode.
func (s *Set) Octal() uint32 {
	n, ok := parse(s.Arg, 8)
	if !ok || n > 0o7777 {
		s.Bad()
	}
	return uint32(n)
}

// Fd reads the number of a descriptor, open or not, possible or not: any
// number of 32 bits.
func Fd(s string) (fd int, ok bool) {
	n, ok := Uint(s)
	return int(n), ok && n <= 1<<32-1
}

// Uint reads an unsigned decimal number: digits only, no sign, no blanks.
func Uint(s string) (n uint64, ok bool) { return parse(s, 10) }

func parse(s string, base int) (uint64, bool) {
	if s == "" || s[0] == '+' || s[0] == '-' {
		return 0, false
	}
	n, err := strconv.ParseUint(s, base, 64)
	return n, err == nil
}

package execline

import (
	"strconv"
	"strings"

	"toolbox/internal/env"
	"toolbox/internal/getopt"
)

// A Frame names variables that are kept on a stack, as a set of families. The
// value of NAME in the frame below is NAME:1, in the one below that NAME:2,
// and so on.
type Frame uint8

const (
	// Positional is every variable whose name starts with a digit or with #.
	Positional Frame = 1 << iota
	// Options is every variable whose name starts with ELGETOPT_.
	Options
)

// stem returns how long the start of name is that makes it one of f's, or 0.
func (f Frame) stem(name string) int {
	const options = "ELGETOPT_"
	switch {
	case f&Positional != 0 && name != "" && (name[0] == '#' || name[0] >= '0' && name[0] <= '9'):
		return 1
	case f&Options != 0 && strings.HasPrefix(name, options):
		return len(options)
	}
	return 0
}

// Push begins a new, empty frame: every variable of f goes one deeper.
func Push(e *env.Env, f Frame) {
	e.Filter(func(entry string) string {
		name, depth, value, ok := f.cut(entry)
		if !ok {
			return entry
		}
		return name + ":" + strconv.FormatUint(depth+1, 10) + value
	})
}

// Pop forgets the topmost frame: the variables below come up again.
func Pop(e *env.Env, f Frame) {
	e.Filter(func(entry string) string {
		name, depth, value, ok := f.cut(entry)
		switch {
		case !ok:
			return entry
		case depth == 0:
			return ""
		case depth == 1:
			return name + value
		}
		return name + ":" + strconv.FormatUint(depth-1, 10) + value
	})
}

// cut takes an entry of f apart; value has the equals sign. It fails for
// others, and for names whose depth is no number from 1.
func (f Frame) cut(entry string) (name string, depth uint64, value string, ok bool) {
	equal := strings.IndexByte(entry, '=')
	if equal < 0 {
		return "", 0, "", false
	}
	name, value = entry[:equal], entry[equal:]
	stem := f.stem(name)
	if stem == 0 {
		return "", 0, "", false
	}
	colon := strings.IndexByte(name[stem:], ':')
	if colon < 0 {
		return name, 0, value, true
	}
	colon += stem
	depth, ok = getopt.Uint(name[colon+1:])
	return name[:colon], depth, value, ok && depth > 0 && depth < 1<<32-1
}

// Strict reads EXECLINE_STRICT, which says how strict programs are about
// words that miss their blank and parameters that are missing: 0 not at all, 1
// with a warning, 2 and more with an error. Unset, or no number, is 0.
func Strict(e *env.Env) uint64 {
	level, _ := getopt.Uint(e.Get("EXECLINE_STRICT"))
	return level
}

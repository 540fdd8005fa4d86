package execline

import (
	"strconv"
	"strings"

	"toolbox/internal/env"
	"toolbox/internal/getopt"
)

// positional is the parameters $#, $0, $1... and $@ of a substitution.
type positional struct {
	count []string // of $#
	words []string // $0, $1...
	least uint64   // up to this number, missing ones are empty
	all   []string // of $@
}

// AddPositionals defines the keys #, 0, 1 and so on, and @ for a script that
// is called zero with args. Of a number up to least that has no argument the
// value is empty. The values of @ are args, or with shift only those behind
// the first least. The error is [ErrKey] if any of the keys is defined.
func (s *Substitution) AddPositionals(zero string, args []string, least uint64, shift bool) error {
	p := &positional{
		count: []string{strconv.Itoa(len(args))},
		words: append(append(make([]string, 0, 1+len(args)), zero), args...),
		least: least,
		all:   args,
	}
	if shift {
		p.all = args[min(least, uint64(len(args))):]
	}
	if s.positional != nil {
		return ErrKey
	}
	for _, d := range s.definitions {
		if _, ok := p.values(d.key); ok {
			return ErrKey
		}
	}
	s.positional = p
	return nil
}

var missing = [1]string{""}

func (p *positional) values(key string) ([]string, bool) {
	switch {
	case key == "#":
		return p.count, true
	case key == "@":
		return p.all, true
	}
	n, ok := number(key)
	switch {
	case !ok:
		return nil, false
	case n < uint64(len(p.words)):
		return p.words[n : n+1], true
	case n <= p.least:
		return missing[:], true
	}
	return nil, false
}

// number reads the name of a parameter: a number without leading zeros.
func number(name string) (n uint64, ok bool) {
	if name == "" || name[0] == '0' && len(name) > 1 {
		return 0, false
	}
	return getopt.Uint(name)
}

// A ParameterError tells that the environment has no positional parameters,
// or not as many as it says.
type ParameterError struct {
	Name    string // the variable
	Invalid bool   // it is set, but no number
}

func (e *ParameterError) Error() string {
	if e.Invalid {
		return "invalid " + e.Name
	}
	return e.Name + " not set"
}

// Positionals reads the positional parameters $1 to $# from variables. Every
// error is a [ParameterError].
func Positionals(e *env.Env) (args []string, err error) {
	n, err := Count(e)
	if err != nil {
		return nil, err
	}
	for i := uint64(1); i <= n; i++ {
		arg, err := Parameter(e, i)
		if err != nil {
			return nil, err
		}
		args = append(args, arg)
	}
	return args, nil
}

// Count reads $#.
func Count(e *env.Env) (uint64, error) {
	text, ok := e.Lookup("#")
	if !ok {
		return 0, &ParameterError{Name: "#"}
	}
	n, ok := getopt.Uint(text)
	if !ok || n > 1<<32-1 {
		return 0, &ParameterError{Name: "#", Invalid: true}
	}
	return n, nil
}

// Parameter reads the parameter with number n; 0 is the script's name.
func Parameter(e *env.Env, n uint64) (string, error) {
	name := strconv.FormatUint(n, 10)
	value, ok := e.Lookup(name)
	if !ok {
		return "", &ParameterError{Name: name}
	}
	return value, nil
}

// SetPositionals sets # and 1 to # to args, and removes the parameters behind
// them, of which there were former in all. It leaves 0 alone.
func SetPositionals(e *env.Env, args []string, former uint64) {
	e.Set("#", strconv.Itoa(len(args)))
	for i, arg := range args {
		e.Set(strconv.Itoa(i+1), arg)
	}
	e.Filter(func(entry string) string {
		name, _, _ := strings.Cut(entry, "=")
		if n, ok := number(name); ok && n > uint64(len(args)) && n <= former {
			return ""
		}
		return entry
	})
}

// Package substitute holds what the programs share that put values into the
// rest of their command line: define, importas, elglob, elgetpositionals and
// multidefine, each alone or as a directive of multisubstitute, and the option
// -E of those that set a variable.
package substitute

import (
	"toolbox/chain"
	"toolbox/execline"
	"toolbox/internal/env"
)

// A Set is a substitution that directives add to.
type Set struct {
	keys     execline.Substitution
	unexport []string // variables to remove once all directives have read theirs
}

// A Directive reads its options and operands from args, adds what they define
// to set, and returns the words behind them.
//
// Wrong usage is [chain.ErrUsage], a key that is empty or taken is
// [execline.ErrKey].
type Directive func(p *chain.Proc, set *Set, args []string) (rest []string, err error)

// Run performs one directive on the rest of its own command line.
func (d Directive) Run(p *chain.Proc, args []string) (next []string, err error) {
	var set Set
	rest, err := d(p, &set, args)
	if err == execline.ErrKey {
		return nil, chain.Fatal(chain.CodeSystem, err.Error())
	}
	if err != nil {
		return nil, err
	}
	return set.Apply(p, rest)
}

// Apply substitutes in words, which are the rest of a command line.
func (set *Set) Apply(p *chain.Proc, words []string) (next []string, err error) {
	next, err = set.keys.Apply(words)
	if err != nil {
		return nil, chain.Unable(err, "substitute")
	}
	for _, name := range set.unexport {
		p.Env.Unset(name)
	}
	return next, nil
}

// Export makes changes to the environment of rest. With autoimport it is as if
// "importas -uSi VAR" stood before rest for each variable that is set: its
// value is substituted, and it is in the environment no more.
func Export(p *chain.Proc, changes []env.Change, autoimport bool, rest []string) (next []string, err error) {
	if !autoimport {
		p.Env.Apply(changes)
		return rest, nil
	}
	var set Set
	for _, c := range changes {
		p.Env.Unset(c.Name)
		if c.Unset {
			continue
		}
		if err := set.keys.Add(c.Name, c.Value); err != nil {
			return nil, chain.Fatal(chain.CodeUsage, "duplicate variable name:", c.Name)
		}
	}
	return set.Apply(p, rest)
}

// ValidName checks the name of a variable that a program is to set.
func ValidName(name string) error {
	if !env.Valid(name) {
		return chain.Fatal(chain.CodeUsage, "invalid variable name")
	}
	return nil
}

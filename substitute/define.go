package substitute

import (
	"toolbox/chain"
	"toolbox/execline"
	"toolbox/internal/getopt"
)

// TransformHelp documents the options of [execline.Transform].
const TransformHelp = `
  -s        split the value: one word for each piece that a delimiter ends
  -d delim  the delimiters, bytes; by default blank, tab, newline and carriage
            return; an empty delim splits a sequence of netstrings
  -C        shrink each run of delimiters to its first one; -c: don't
  -n        take away a delimiter at the end; -N: don't`

// Define is the directive "define key value".
func Define(_ *chain.Proc, set *Set, args []string) (rest []string, err error) {
	transform := execline.Transform{Delim: execline.Blanks}
	opts := getopt.New("NnsCcd:", args)
	for opts.Next() {
		transform.Option(opts.Flag, opts.Arg)
	}
	args, ok := opts.Operands()
	if !ok || len(args) < 2 {
		return nil, chain.ErrUsage
	}
	return args[2:], set.define(args[0], args[1], transform)
}

// define adds a key whose values are what transform makes of value.
func (set *Set) define(key, value string, transform execline.Transform) error {
	values, err := transform.Values(value)
	if err != nil {
		return chain.Unable(err, "split", key)
	}
	return set.keys.Add(key, values...)
}

// Importas is the directive "importas key variable".
func Importas(p *chain.Proc, set *Set, args []string) (rest []string, err error) {
	transform := execline.Transform{Delim: execline.Blanks}
	same, insist, unexport, hasDefault, value := false, false, false, false, ""
	opts := getopt.New("SiuD:NnsCcd:", args)
	for opts.Next() {
		switch opts.Flag {
		case 'S':
			same = true
		case 'i':
			insist = true
		case 'u':
			unexport = true
		case 'D':
			hasDefault, value = true, opts.Arg
		default:
			transform.Option(opts.Flag, opts.Arg)
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) < 1 || !same && len(args) < 2 {
		return nil, chain.ErrUsage
	}
	key, name, rest := args[0], args[0], args[1:]
	if !same {
		name, rest = args[1], args[2:]
	}
	switch found, ok := p.Env.Lookup(name); {
	case ok:
		value = found
		if unexport {
			set.unexport = append(set.unexport, name)
		}
	case insist && key != "":
		return nil, chain.Fatal(chain.CodeUsage, name, "not set")
	case !hasDefault:
		return rest, set.keys.Add(key)
	}
	return rest, set.define(key, value, transform)
}

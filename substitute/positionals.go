package substitute

import (
	"strconv"

	"toolbox/chain"
	"toolbox/execline"
	"toolbox/internal/getopt"
)

// Elgetpositionals is the directive "elgetpositionals": the positional
// parameters, read from the environment.
func Elgetpositionals(p *chain.Proc, set *Set, args []string) (rest []string, err error) {
	least := uint64(0)
	opts := getopt.New("P:", args)
	for opts.Next() {
		least = opts.Uint(1<<32 - 1)
	}
	rest, ok := opts.Operands()
	if !ok {
		return nil, chain.ErrUsage
	}
	zero, err := execline.Parameter(&p.Env, 0)
	if err != nil {
		return nil, execline.ErrKey
	}
	params, err := execline.Positionals(&p.Env)
	if err != nil {
		return nil, execline.ErrKey
	}
	if err := Require(p, least, len(params), execline.Strict(&p.Env)); err != nil {
		return nil, err
	}
	return rest, set.keys.AddPositionals(zero, params, least, false)
}

// Require warns that there are fewer than least arguments, or fails, as
// strictness says.
func Require(p *chain.Proc, least uint64, got int, strictness uint64) error {
	if uint64(got) >= least || strictness == 0 {
		return nil
	}
	text := "too few arguments: expecting at least " + strconv.FormatUint(least, 10) + " but got " + strconv.Itoa(got)
	if strictness > 1 {
		return chain.Fatal(chain.CodeUsage, text)
	}
	p.Warn(text)
	return nil
}

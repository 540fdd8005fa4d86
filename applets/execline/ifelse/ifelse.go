// Package ifelse implements ifelse: become one of two programs.
// Reference: https://skarnet.org/software/execline/ifelse.html
package ifelse

import (
	"toolbox/chain"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "ifelse [ -n ] [ -X ] { command-if } { command-then... } command-else..."

// Help is the manual page.
const Help = `become one program or another, as a block succeeds or fails

Runs command-if and waits for it. If it exits 0, becomes command-then...,
otherwise command-else...

  -n  the other way round
  -X  a command-if killed by a signal has failed; without -X that is an error`

// Run runs the condition and returns what it leads to.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	negate, crashIsFailure := false, false
	opts := getopt.New("nX", args)
	for opts.Next() {
		switch opts.Flag {
		case 'n':
			negate = true
		case 'X':
			crashIsFailure = true
		}
	}
	args, ok := opts.Operands()
	if !ok {
		return nil, chain.ErrUsage
	}
	condition, args, err := p.TakeBlock(args)
	if err != nil {
		return nil, err
	}
	then, otherwise, err := p.TakeBlock(args)
	if err != nil {
		return nil, err
	}
	status, err := p.Block(condition)
	if err != nil {
		return nil, chain.SpawnError(err, condition)
	}
	if err := status.Crashed(); err != nil && !crashIsFailure {
		return nil, err
	}
	if (status.ExitCode() == 0) != negate {
		return then, nil
	}
	return otherwise, nil
}

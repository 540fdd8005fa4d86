// Package ifcmd implements if: run a block, and go on only if it succeeds.
// Reference: https://skarnet.org/software/execline/if.html
package ifcmd

import (
	"toolbox/chain"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "if [ -n ] [ -X ] [ -t | -x exitcode ] { command... } prog..."

// Help is the manual page.
const Help = `run a block, and become a program only if the block succeeds

Runs command... and waits for it. If it exits 0, becomes prog...; otherwise
exits with the command's code (128 for anything above).

  -n           go on if the command fails; otherwise exit 1
  -X           treat a command killed by a signal as one that failed with
               128 plus the signal; without -X that is an error
  -t           exit 0 instead of the command's code
  -x exitcode  exit with this code instead`

// Run runs the block and returns what follows it.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	negate, crashIsFailure, code := false, false, -1
	opts := getopt.New("nXtx:", args)
	for opts.Next() {
		switch opts.Flag {
		case 'n':
			negate = true
			if code < 0 {
				code = 1
			}
		case 'X':
			crashIsFailure = true
		case 't':
			code = 0
		case 'x':
			code = int(opts.Uint(65535))
		}
	}
	args, ok := opts.Operands()
	if !ok {
		return nil, chain.ErrUsage
	}
	if code > 255 {
		return nil, chain.Fatal(chain.CodeUsage, "invalid exit code")
	}
	block, next, err := p.TakeBlock(args)
	if err != nil {
		return nil, err
	}
	status, err := p.Block(block)
	if err != nil {
		return nil, chain.SpawnError(err, block)
	}
	if err := status.Crashed(); err != nil && !crashIsFailure {
		return nil, err
	}
	if (status.ExitCode() == 0) == negate {
		if code < 0 {
			code = status.ExitCode()
		}
		return nil, chain.Exit(code)
	}
	return next, nil
}

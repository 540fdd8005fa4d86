// Package ifte implements ifte: become one of two programs, the condition
// being the end of the command line.
// Reference: https://skarnet.org/software/execline/ifte.html
package ifte

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "ifte [ -X ] [ -n ] { command-then... } { command-else... } command-if..."

// Help is the manual page.
const Help = `become one program or another, as a command succeeds or fails

Runs command-if... and waits for it. If it exits 0, becomes command-then...,
otherwise command-else...

  -n  the other way round
  -X  a command-if killed by a signal has failed; without -X that is an error`

// Run runs the condition and returns what it leads to.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	negate, crashIsFailure := false, false
	opts := getopt.New("Xn", args)
	for opts.Next() {
		switch opts.Flag {
		case 'X':
			crashIsFailure = true
		case 'n':
			negate = true
		}
	}
	args, ok := opts.Operands()
	if !ok {
		return nil, chain.ErrUsage
	}
	then, args, err := p.TakeBlock(args)
	if err != nil {
		return nil, err
	}
	otherwise, condition, err := p.TakeBlock(args)
	if err != nil {
		return nil, err
	}
	if len(condition) == 0 {
		return nil, chain.Fatal(chain.CodeUsage, "command-if is empty")
	}
	status, err := p.Block(condition)
	if err == unix.ENOENT && strings.HasPrefix(condition[0], " ") {
		return nil, chain.Fatal(chain.CodeSystem, "unable to spawn", condition[0]+": command-if must not be a block")
	}
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

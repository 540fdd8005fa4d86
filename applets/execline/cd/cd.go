// Package cd implements cd and execline-cd: change directory, then chain-load.
// Reference: https://skarnet.org/software/execline/cd.html
package cd

import "toolbox/chain"

// Usage is the synopsis.
const Usage = "execline-cd path prog..."

// Help is the manual page.
const Help = `change the working directory, then become a program`

// Run changes the directory and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) < 2 {
		return nil, chain.ErrUsage
	}
	if err := p.Chdir(args[0]); err != nil {
		return nil, chain.Unable(err, "chdir to", args[0])
	}
	return args[1:], nil
}

// Package exit implements exit: end with a code.
// Reference: https://skarnet.org/software/execline/exit.html
package exit

import (
	"toolbox/chain"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "exit [ n ]"

// Help is the manual page.
const Help = `end with an exit code

Exits with n modulo 256, or 0 without n.`

// Run ends the chain.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) == 0 {
		return nil, nil
	}
	n, ok := getopt.Uint(args[0])
	if !ok || n > 1<<32-1 {
		return nil, chain.ErrUsage
	}
	return nil, chain.Exit(n & 0xff)
}

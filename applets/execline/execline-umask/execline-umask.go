// Package execlineumask implements execline-umask, also called umask: set the
// file mode creation mask.
// Reference: https://skarnet.org/software/execline/umask.html
package execlineumask

import (
	"strconv"

	"toolbox/chain"
)

// Usage is the synopsis.
const Usage = "execline-umask value prog..."

// Help is the manual page.
const Help = `set the file mode creation mask, then become a program

value is a number in octal.`

// Run sets the mask and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) < 2 {
		return nil, chain.ErrUsage
	}
	mask, err := strconv.ParseUint(args[0], 8, 32)
	if err != nil {
		return nil, chain.ErrUsage
	}
	p.Umask(int(mask & 0o777))
	return args[1:], nil
}

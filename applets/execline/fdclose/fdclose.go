// Package fdclose implements fdclose: close a descriptor, then chain-load.
// Reference: https://skarnet.org/software/execline/fdclose.html
package fdclose

import (
	"toolbox/chain"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "fdclose fd prog..."

// Help is the manual page.
const Help = `close a descriptor, then become a program

A descriptor that is not open is no error.`

// Run closes the descriptor and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) < 2 {
		return nil, chain.ErrUsage
	}
	fd, ok := getopt.Fd(args[0])
	if !ok {
		return nil, chain.ErrUsage
	}
	return args[1:], p.Close(fd)
}

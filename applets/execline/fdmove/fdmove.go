// Package fdmove implements fdmove: move or copy a descriptor.
// Reference: https://skarnet.org/software/execline/fdmove.html
package fdmove

import (
	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "fdmove [ -c ] to from prog..."

// Help is the manual page.
const Help = `move a descriptor to another number, then become a program

What descriptor to was before is closed.

  -c  copy: descriptor from stays open, too`

// Run moves the descriptor and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	isCopy := false
	opts := getopt.New("c", args)
	for opts.Next() {
		isCopy = true
	}
	args, ok := opts.Operands()
	if !ok || len(args) < 3 {
		return nil, chain.ErrUsage
	}
	to, okTo := getopt.Fd(args[0])
	from, okFrom := getopt.Fd(args[1])
	if !okTo || !okFrom {
		return nil, chain.ErrUsage
	}
	if isCopy && to == from {
		err = unix.EINVAL
	} else {
		err = p.Dup(from, to)
	}
	if err != nil {
		return nil, chain.Unable(err, "move fd", args[1], "to fd", args[0])
	}
	if !isCopy && to != from {
		err = p.Close(from)
	}
	return args[2:], err
}

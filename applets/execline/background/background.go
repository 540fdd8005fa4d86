// Package background implements background: start a block, then chain-load.
// Reference: https://skarnet.org/software/execline/background.html
package background

import (
	"strconv"

	"toolbox/chain"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "background [ -d ] { prog1... } prog2..."

// Help is the manual page.
const Help = `start a block, and become another program at once

Starts prog1... as a child and becomes prog2... with the variable ! set to the
child's pid. With an empty prog2 it exits 0 once the child is started.

  -d  not as a child: prog1... belongs to init, and prog2... need not wait for it`

// Run starts the block and returns what follows it.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	var child chain.Child
	opts := getopt.New("d", args)
	for opts.Next() {
		child.Orphan = true
	}
	args, ok := opts.Operands()
	if !ok {
		return nil, chain.ErrUsage
	}
	block, next, err := p.TakeBlock(args)
	if err != nil {
		return nil, err
	}
	if len(block) == 0 {
		return nil, chain.Fatal(chain.CodeUsage, "empty block")
	}
	pid, err := p.Spawn(block, child)
	if err != nil {
		return nil, chain.SpawnError(err, block)
	}
	p.Env.Set("!", strconv.Itoa(pid))
	return next, nil
}

// Package foreground implements foreground: run a block, then chain-load.
// Reference: https://skarnet.org/software/execline/foreground.html
package foreground

import (
	"strconv"

	"toolbox/chain"
)

// Usage is the synopsis.
const Usage = "foreground { prog1... } prog2..."

// Help is the manual page.
const Help = `run a block to its end, then become another program

Runs prog1... and waits for it, then becomes prog2... with the variable ?
set to prog1's exit code, or to 256 plus the number of the signal that
killed it. When prog1 cannot be started, ? is 127 (not found) or 126, and
prog2 runs all the same. An empty prog2 exits 0.`

// Run runs the block and returns what follows it.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	block, next, err := p.TakeBlock(args)
	if err != nil {
		return nil, err
	}
	code := 0
	if status, err := p.Block(block); err != nil {
		p.Warn(chain.SpawnError(err, block).Error())
		code = chain.SpawnCode(err)
	} else {
		code = status.Raw()
	}
	p.Env.Set("?", strconv.Itoa(code))
	return next, nil
}

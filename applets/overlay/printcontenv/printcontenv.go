// Package printcontenv implements printcontenv: print a variable of the
// container's environment, the one of [contenv].
// Reference: s6-overlay, README, "Container environment".
package printcontenv

import (
	"toolbox/boot/contenv"
	"toolbox/chain"
)

// Usage is the synopsis.
const Usage = "printcontenv variable"

// Help is the manual page.
const Help = `print a variable of the environment the container was started with

Prints the value and a newline. Exits 1 if the variable is not set.`

// Run prints the variable.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) == 0 {
		return nil, chain.ErrUsage
	}
	get := contenv.Get
	if contenv.Kept(&p.Env) {
		get = p.Env.Lookup
	}
	value, ok := get(args[0])
	if !ok {
		return nil, chain.Exit(1)
	}
	return nil, p.Print(value + "\n")
}

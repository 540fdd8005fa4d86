// Package unexport implements unexport: remove a variable, then chain-load.
// Reference: https://skarnet.org/software/execline/unexport.html
package unexport

import (
	"strings"

	"toolbox/chain"
)

// Usage is the synopsis.
const Usage = "unexport variable prog..."

// Help is the manual page.
const Help = `remove an environment variable, then become a program`

// Run removes the variable and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) < 2 {
		return nil, chain.ErrUsage
	}
	if strings.Contains(args[0], "=") {
		return nil, chain.Fatal(chain.CodeUsage, "invalid variable name:", args[0])
	}
	p.Env.Unset(args[0])
	return args[1:], nil
}

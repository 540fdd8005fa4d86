// Package export implements export: set a variable, then chain-load.
// Reference: https://skarnet.org/software/execline/export.html
package export

import (
	"strings"

	"toolbox/chain"
)

// Usage is the synopsis.
const Usage = "export variable value prog..."

// Help is the manual page.
const Help = `set an environment variable, then become a program`

// Run sets the variable and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) < 3 {
		return nil, chain.ErrUsage
	}
	if strings.Contains(args[0], "=") {
		return nil, chain.Fatal(chain.CodeUsage, "invalid variable name:", args[0])
	}
	p.Env.Set(args[0], args[1])
	return args[2:], nil
}

// Package define implements define: substitute a value in the rest of the
// command line.
// Reference: https://skarnet.org/software/execline/define.html
package define

import (
	"toolbox/chain"
	"toolbox/substitute"
)

// Usage is the synopsis.
const Usage = "define [ -N | -n ] [ -s ] [ -C | -c ] [ -d delim ] key value prog..."

// Help is the manual page.
const Help = `substitute a value in a command line

Replaces $key and ${key} in prog... by value, then becomes it.
` + substitute.TransformHelp

// Run substitutes in the rest of args.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	return substitute.Directive(substitute.Define).Run(p, args)
}

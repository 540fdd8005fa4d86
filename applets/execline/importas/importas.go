// Package importas implements importas: substitute the value of a variable in
// the rest of the command line.
// Reference: https://skarnet.org/software/execline/importas.html
package importas

import (
	"toolbox/chain"
	"toolbox/substitute"
)

// Usage is the synopsis.
const Usage = "importas [ -S ] [ -i | -D default ] [ -u ] [ -N | -n ] [ -s ] [ -C | -c ] [ -d delim ] key var prog..."

// Help is the manual page.
const Help = `substitute the value of a variable in a command line

Replaces $key and ${key} in prog... by the value of the environment variable
var, then becomes it. If var is not set, words with the key are removed.

  -S          the key is the variable's name: var is not on the command line
  -i          fail if var is not set
  -D default  the value if var is not set
  -u          also remove var from the environment` + substitute.TransformHelp

// Run substitutes in the rest of args.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	return substitute.Directive(substitute.Importas).Run(p, args)
}

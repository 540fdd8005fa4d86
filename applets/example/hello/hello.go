// Package hello implements hello: greet, then chain-load. It is the template
// to copy for a new applet; HACKING.md tells the five steps. It is compiled and
// tested, but no row of the table leads to it.
package hello

import (
	"toolbox/chain"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "hello [ -q ] [ -g greeting ] name prog..."

// Help is the manual page.
const Help = `greet somebody, then become a program

Prints the greeting and the name on standard output, sets GREETED to the name,
and becomes prog.

  -q           print nothing
  -g greeting  greet with this word instead of "hello"`

// Run greets and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	quiet, greeting := false, "hello"
	opts := getopt.New("qg:", args)
	for opts.Next() {
		switch opts.Flag {
		case 'q':
			quiet = true
		case 'g':
			greeting = opts.Arg
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) < 2 {
		return nil, chain.ErrUsage
	}
	name, prog := args[0], args[1:]
	if !quiet {
		if err := p.Print(greeting + " " + name + "\n"); err != nil {
			return nil, err
		}
	}
	p.Env.Set("GREETED", name)
	return prog, nil
}

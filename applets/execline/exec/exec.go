// Package exec implements exec: become a program, perhaps under another name.
// Reference: https://skarnet.org/software/execline/exec.html
package exec

import (
	"toolbox/chain"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "exec [ -c ] [ -l ] [ -a argv0 ] prog..."

// Help is the manual page.
const Help = `become a program

  -c        with an empty environment
  -a argv0  under another name: argv0 is the program's argv[0]
  -l        with a dash before that name, as a login shell expects it`

// Run returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	empty, dash, argv0 := false, "", ""
	opts := getopt.New("cla:", args)
	for opts.Next() {
		switch opts.Flag {
		case 'c':
			empty = true
		case 'l':
			dash = "-"
		case 'a':
			argv0 = opts.Arg
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) == 0 {
		return nil, chain.ErrUsage
	}
	if argv0 == "" && dash != "" {
		argv0 = args[0]
	}
	if empty {
		p.Env.Clear()
	}
	if argv0 != "" {
		p.Argv0 = dash + argv0
	}
	return args, nil
}

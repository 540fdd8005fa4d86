// Package emptyenv implements emptyenv: remove variables, then chain-load.
// Reference: https://skarnet.org/software/execline/emptyenv.html
package emptyenv

import (
	"strings"

	"toolbox/chain"
	"toolbox/execline"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "emptyenv [ -p | -l | -c | -o | -P ] prog..."

// Help is the manual page.
const Help = `empty the environment, then become a program

  -p, --keep-path             keep PATH
  -l, --keep-ld-library-path  keep LD_LIBRARY_PATH
  -c, --cleanup               keep all but what execline sets: ! ? # and the
                              numbers, EXECLINE_STRICT, ELGETOPT_x, FDn
  -P, --pop-execline          keep all, and go back to the positional parameters
                              of the frame below
  -o, --pop-elgetopt          keep all, and go back to the ELGETOPT_x below`

var long = [...]getopt.Long{
	{Name: "keep-path", Flag: 'p'},
	{Name: "keep-ld-library-path", Flag: 'l'},
	{Name: "cleanup", Flag: 'c'},
	{Name: "pop-elgetopt", Flag: 'o'},
	{Name: "pop-execline", Flag: 'P'},
}

// Run removes variables and returns prog. -c wins over all other options, -o
// and -P over -p and -l.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	path, library, cleanup, pop := false, false, false, execline.Frame(0)
	opts := getopt.NewLong("plcoP", long[:], args)
	for opts.Next() {
		switch opts.Flag {
		case 'p':
			path = true
		case 'l':
			library = true
		case 'c':
			cleanup = true
		case 'o':
			pop |= execline.Options
		case 'P':
			pop |= execline.Positional
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) == 0 {
		return nil, chain.ErrUsage
	}
	switch {
	case cleanup:
		keep(p, func(name string) bool { return !ours(name) })
	case pop != 0:
		execline.Pop(&p.Env, pop)
	default:
		keep(p, func(name string) bool {
			return path && name == "PATH" || library && name == "LD_LIBRARY_PATH"
		})
	}
	return args, nil
}

// keep removes the variables that f does not want.
func keep(p *chain.Proc, f func(name string) bool) {
	p.Env.Filter(func(entry string) string {
		if name, _, _ := strings.Cut(entry, "="); !f(name) {
			return ""
		}
		return entry
	})
}

// ours reports whether a program of execline may have set the variable.
func ours(name string) bool {
	switch name {
	case "!", "?", "#", "0", "EXECLINE_STRICT":
		return true
	case "":
		return false
	}
	if fd, ok := strings.CutPrefix(name, "FD"); ok && isNumber(fd) {
		return true
	}
	return name[0] != '0' && isNumber(name) || strings.HasPrefix(name, "ELGETOPT_")
}

func isNumber(s string) bool {
	n, ok := getopt.Uint(s)
	return ok && n <= 1<<32-1
}

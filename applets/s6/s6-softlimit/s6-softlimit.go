// Package s6softlimit implements s6-softlimit: set resource limits, then
// chain-load.
// Reference: https://skarnet.org/software/s6/s6-softlimit.html
package s6softlimit

import (
	"toolbox/chain"
	"toolbox/internal/getopt"
	"toolbox/softlimit"
)

// Usage is the synopsis.
const Usage = "s6-softlimit [ -H | -h ] [ -a allmem ] [ -c core ] [ -d data ] [ -f fsize ] [ -l lock ] [ -m mem ] " +
	"[ -o ofiles ] [ -P prio ] [ -p proc ] [ -r res ] [ -s stack ] [ -t cpusecs ] prog..."

// Help is the manual page.
const Help = `become a program with other resource limits

Sets soft limits, in the order of the options. The value = stands for the
hard limit (with -h and -H: for no limit). Memory and sizes are in bytes.

  -h          from here on, set hard limits only; a soft limit above it is
              taken down to it
  -H          from here on, set both; only root can raise a hard limit
  -a allmem   address space
  -c core     size of core files
  -d data     data segment
  -f fsize    size of files written
  -l lock     locked memory
  -m mem      all of -d -s -l -a
  -o ofiles   open files
  -P prio     real-time priority
  -p proc     processes of the user
  -r res      resident memory (Linux ignores it)
  -s stack    stack
  -t cpusecs  seconds of CPU time`

// Run sets the limits and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	which := softlimit.Soft
	opts := getopt.New("hH"+softlimit.Options, args)
	opts.Unknown = true
	for opts.Next() {
		switch opts.Flag {
		case 'h':
			which = softlimit.Hard
		case 'H':
			which = softlimit.Both
		default:
			resources := softlimit.Resources(opts.Flag)
			if resources == nil {
				// The original goes on in silence, and scripts may rely on that.
				p.Warn("ignoring unknown option -" + string(rune(opts.Flag)))
			}
			for _, resource := range resources {
				if err := limit(p, resource, which, opts.Arg); err != nil {
					return nil, err
				}
			}
		}
	}
	prog, ok := opts.Operands()
	if !ok || len(prog) == 0 {
		return nil, chain.ErrUsage
	}
	return prog, nil
}

func limit(p *chain.Proc, resource int, which softlimit.Which, value string) error {
	old, err := p.Limit(resource)
	if err != nil {
		return chain.Unable(err, "getrlimit", softlimit.Name(resource))
	}
	lim, ok := softlimit.Change(old, which, value)
	if !ok {
		return chain.ErrUsage
	}
	if err := p.SetLimit(resource, lim); err != nil {
		return chain.Unable(err, "setrlimit", softlimit.Name(resource))
	}
	return nil
}

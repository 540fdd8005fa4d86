// Package s6supervise implements s6-supervise: keep one service running. The
// work is done by [supervise].
// Reference: https://skarnet.org/software/s6/s6-supervise.html
package s6supervise

import (
	"toolbox/chain"
	"toolbox/internal/loop"
	"toolbox/internal/sys"
	"toolbox/supervise"
)

// Usage is the synopsis.
const Usage = "s6-supervise dir"

// Help is the manual page.
const Help = `keep the service of one service directory running

s6-svscan does this for many directories in one process; s6-supervise is for
a single one. Controlled by s6-svc. TERM brings the service down, then ends
s6-supervise; HUP ends it when the service dies by itself; QUIT ends it at
once and leaves the service alone; INT interrupts the service's process group
and ends it.`

// Run supervises until it is told to leave.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) == 0 {
		return nil, chain.ErrUsage
	}
	dir := args[0]
	if err := p.Chdir(dir); err != nil {
		return nil, chain.Unable(err, "chdir to", dir)
	}
	l, err := loop.New()
	if err != nil {
		return nil, chain.Unable(err, "make an event loop")
	}
	say := func(text string) { sys.WriteAll(2, []byte(text+"\n")) }
	if err := supervise.Alone(l, dir, p.Env.Strings(), p.AddLimits, say); err != nil {
		code := chain.CodeSystem
		if supervise.Occupied(err) {
			code = chain.CodeUsage
		}
		return nil, chain.Fatal(code, err.Error())
	}
	return nil, nil
}

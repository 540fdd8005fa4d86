// Package s6svok implements s6-svok: tell whether a service is supervised.
// Reference: https://skarnet.org/software/s6/s6-svok.html
package s6svok

import (
	"toolbox/chain"
	"toolbox/internal/svcontrol"
)

// Usage is the synopsis.
const Usage = "s6-svok servicedir"

// Help is the manual page.
const Help = `tell whether a service directory is supervised

Exits 0 if it is, 1 if it is not, 111 if that cannot be found out.`

// Run looks at the supervisor's lock.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) == 0 {
		return nil, chain.ErrUsage
	}
	ok, err := svcontrol.Supervised(args[0])
	if err != nil {
		return nil, chain.Unable(err, "check", args[0])
	}
	if !ok {
		return nil, chain.Exit(1)
	}
	return nil, nil
}

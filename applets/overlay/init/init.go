// Package initcmd implements init: process 1 of a container. What it does is
// the matter of [boot].
// Reference: s6-overlay, README, "The init stages".
package initcmd

import (
	"toolbox/boot"
	"toolbox/chain"
)

// Usage is the synopsis.
const Usage = "init [ cmd... ]"

// Help is the manual page.
const Help = `boot a container: scripts, services, a command, and an ordered stop

Keeps the environment for with-contenv; fixes what /etc/fix-attrs.d lists; runs
the scripts of /etc/cont-init.d; supervises the services of /etc/services.d;
then runs cmd..., whose end is the container's. TERM, INT, QUIT, PWR, USR1 and
USR2 ask for the stop, and so does s6-svscanctl -t /run/service: everything is
told to end, the scripts of /etc/cont-finish.d run, what is left gets TERM and
KILL. HUP looks for new services, ABRT stops without waiting for any.

The exit code is cmd's, 128 plus the signal that killed it, or what a script
wrote to /run/s6-linux-init-container-results/exitcode. It is 100 or 111 if
/run cannot be prepared. The variables of s6-overlay (S6_KEEP_ENV...) count.

When it is not process 1 it collects the orphans of its own processes.`

// Run boots the container and returns when it is stopped.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	return nil, boot.Run(p, args)
}

// Package s6svscanctl implements s6-svscanctl: control a scanner.
// Reference: https://skarnet.org/software/s6/s6-svscanctl.html
package s6svscanctl

import (
	"errors"

	"toolbox/chain"
	"toolbox/internal/getopt"
	"toolbox/internal/svcontrol"
)

// Usage is the synopsis.
const Usage = "s6-svscanctl [ -zabhitqnN ] scandir"

// Help is the manual page.
const Help = `send commands to the s6-svscan of a scan directory

The commands are sent in their order.

  -a   look for new and vanished services
  -h   the same, and stop the vanished ones
  -n   stop the services that have vanished
  -N   the same, without waiting for their loggers' end of input
  -t   stop all services, then end
  -i   the same
  -q   the same, without waiting for the loggers' end of input
  -b   end at once
  -z   collect dead children (which it does by itself)

Exits 100 if no s6-svscan listens there.`

const maxCommands = 64

// Run sends the commands.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	var commands []byte
	opts := getopt.New("zabhitqnN", args)
	for opts.Next() {
		if len(commands) == maxCommands {
			return nil, chain.Fatal(chain.CodeUsage, "too many commands")
		}
		commands = append(commands, opts.Flag)
	}
	args, ok := opts.Operands()
	if !ok || len(args) == 0 {
		return nil, chain.ErrUsage
	}
	dir := args[0]
	err = svcontrol.Write(dir, svcontrol.Scanner, string(commands))
	switch {
	case err == nil:
		return nil, nil
	case errors.Is(err, svcontrol.ErrNotListening):
		return nil, chain.UnableCode(chain.CodeUsage, err, "control", dir)
	case errors.Is(err, svcontrol.ErrOdd):
		return nil, chain.Fatal(chain.CodeUsage, "something is wrong with the", dir+"/"+svcontrol.Scanner, "directory")
	}
	return nil, chain.Unable(err, "control", dir)
}

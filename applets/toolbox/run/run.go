// Package run implements toolbox run: boot a directory as a container. How is
// the matter of [container].
package run

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/container"
	"toolbox/internal/env"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "toolbox run [ -n ] [ -i ] [ -l lower ]... [ -e var=value ]... [ -u user ] [ -w dir ] [ --entrypoint prog ] root [ cmd... ]"

// Help is the manual page.
const Help = `boot a directory as a container

Executes prog with cmd... as process 1 of new pid, mount, uts and ipc
namespaces, with root as its root directory. There it finds /proc, /dev and
an empty /run; its environment is PATH and what -e gives, its standard input
/dev/null. Signals are passed on to it. When it ends, everything in it does.

  -n                 a network of its own, with a loopback only
  -i                 pass standard input and the terminal on
  -l lower           lay root over lower and discard what is written; several
                     lowers lie over each other in their order
  -e var=value       set a variable
  -u user            act as user[:group], a name in root or a number
  -w dir             working directory inside, / otherwise
  --entrypoint prog  execute prog instead of /init

Whoever is not root needs user namespaces; other users than root exist inside
only if /etc/subuid and /etc/subgid give ranges to the caller. The exit code
is the container's, 128 plus the signal that killed it, or 125 if it could
not be started.`

// codeStart is the exit code when there is no container (Docker's).
const codeStart = 125

// inside is the first argument of the process that becomes the container. It
// is no word that a command line starts with.
const inside = "\x01inside"

// entrypoint stands for --entrypoint, which has no letter.
const entrypoint = '\x01'

// Run starts a container and waits for it.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) > 2 && args[0] == inside {
		return nil, enter(args)
	}
	c, err := parse(args)
	if err != nil {
		return nil, err
	}
	return nil, start(p, c, append([]string{"toolbox", "run", inside}, args...))
}

// enter is Run in the new namespaces: args are inside, the arguments of the
// process outside, and the descriptor to wait at.
func enter(args []string) error {
	last := len(args) - 1
	gate := -1
	if n, ok := getopt.Uint(args[last]); ok {
		gate = int(n)
	}
	c, err := parse(args[1:last])
	if err != nil {
		return err
	}
	err = c.Enter(gate, append([]string{"toolbox", "run"}, args[:last]...))
	return chain.Fatal(codeStart, err.Error())
}

func parse(args []string) (*container.Config, error) {
	c := &container.Config{Entry: "/init"}
	opts := getopt.NewLong("nil:e:u:w:\x01:", []getopt.Long{{Name: "entrypoint", Flag: entrypoint}}, args)
	opts.Apart = true
	for opts.Next() {
		switch opts.Flag {
		case 'n':
			c.Network = true
		case 'i':
			c.Interactive = true
		case 'l':
			c.Lowers = append(c.Lowers, opts.Arg)
		case 'e':
			name, _, ok := strings.Cut(opts.Arg, "=")
			if !ok || !env.Valid(name) {
				opts.Bad()
			}
			c.Env = append(c.Env, opts.Arg)
		case 'u':
			c.User = opts.Arg
		case 'w':
			c.Dir = opts.Arg
		case entrypoint:
			c.Entry = opts.Arg
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) == 0 || args[0] == "" || c.Entry == "" {
		return nil, chain.ErrUsage
	}
	c.Root, c.Args = args[0], args[1:]
	return c, nil
}

// start boots the container and returns how it ended.
func start(p *chain.Proc, c *container.Config, argv []string) error {
	w, err := newWatch()
	if err != nil {
		return chain.UnableCode(codeStart, err, "handle signals")
	}
	child, err := container.Start(c, argv)
	if err != nil {
		return chain.Fatal(codeStart, err.Error())
	}
	if !child.Whole {
		p.Warn("only user 0 exists in this container: programs in it cannot change their user (no ranges in /etc/subuid and /etc/subgid, or no newuidmap)")
	}
	if err := child.Go(); err != nil {
		child.Kill()
		return chain.Fatal(codeStart, err.Error())
	}
	ws, err := w.wait(child.Pid)
	if c.Terminal() {
		takeTerminal()
	}
	if err != nil {
		child.Kill()
		return chain.Unable(err, "wait for the container")
	}
	if ws.Signaled() {
		return chain.Exit(128 + int(ws.Signal()))
	}
	return chain.Exit(ws.ExitStatus())
}

// takeTerminal puts us in front of the terminal again.
func takeTerminal() {
	// To the group that is in front now we are a background process.
	ignoreTTOU()
	unix.IoctlSetPointerInt(0, unix.TIOCSPGRP, unix.Getpgrp())
}

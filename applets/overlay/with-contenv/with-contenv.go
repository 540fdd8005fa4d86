// Package withcontenv implements with-contenv: become a program that has the
// container's environment, the one of [contenv].
// Reference: s6-overlay, README, "Container environment".
package withcontenv

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/boot/contenv"
	"toolbox/chain"
	"toolbox/internal/words"
)

// Usage is the synopsis.
const Usage = "with-contenv prog..."

// Help is the manual page.
const Help = `become a program that has the environment the container was started with

The environment is replaced by the variables in /run/s6/container_environment;
PATH stays as it is if there is none. Under S6_KEEP_ENV, which leaves the
environment to everybody, nothing changes. Made for scripts that start with

  #!/usr/bin/with-contenv sh

In such a line the interpreter may have several words (bash -e).`

// Run replaces the environment and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) == 0 {
		return nil, nil
	}
	if args, err = interpreter(args); err != nil {
		return nil, err
	}
	if !contenv.Kept(&p.Env) {
		if err := contenv.Load(&p.Env); err != nil {
			return nil, chain.Fatal(chain.CodeSystem, err.Error())
		}
		p.NewPath = true
	}
	return args, nil
}

// interpreter splits the first argument, as a shell would, if it can only be
// the rest of a #! line: the kernel hands that over in one piece, followed by
// the script.
func interpreter(args []string) ([]string, error) {
	first := args[0]
	if len(args) < 2 || !strings.ContainsAny(first, " \t") {
		return args, nil
	}
	if strings.Contains(first, "/") && unix.Access(first, unix.F_OK) == nil {
		return args, nil // a program whose path has blanks
	}
	split, err := words.Split(first)
	if err != nil {
		return nil, chain.Fatal(chain.CodeUsage, "unable to split "+first+": "+err.Error())
	}
	if len(split) == 0 {
		return args, nil
	}
	return append(split, args[1:]...), nil
}

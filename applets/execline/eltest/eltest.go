// Package eltest implements eltest and s6-test, which was its name in the
// s6-portable-utils: evaluate an expression, as test(1) does.
// Reference: https://skarnet.org/software/execline/eltest.html
package eltest

import (
	"toolbox/chain"
	"toolbox/internal/condition"
)

// Usage is the synopsis.
const Usage = "eltest expression..."

// UsageS6Test is the synopsis under the former name.
const UsageS6Test = "s6-test expression..."

// Help is the manual page.
const Help = `evaluate an expression

Exits 0 if it is true, 1 if it is false or there is none, 100 if it is wrong.

  -e -f -d -L -h -p -S -b -c   file exists; is a regular file, directory, link
                               (-L, -h), fifo, socket, block or character device
  -r -w -x -s -N               is readable, writable, executable, not empty,
                               modified after it was last read
  -u -g -k -O -U -G            is setuid, setgid, sticky, owned by our uid
                               (-O, -U) or gid
  a -nt b, a -ot b, a -ef b    file a is newer or older than b, or the same
  -n -z                        text is not empty, is empty
  = != < <= > >= =~            texts compare; matches an extended regular
                               expression
  -eq -ne -lt -le -gt -ge      numbers compare
  -v -t                        variable is set; descriptor is a terminal
  ! ( ) -a -o                  not, grouping, and, or; -a binds closer

A word that looks like an operator is one; with a backslash before it, it is
text.`

// Run evaluates the expression.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) == 0 {
		return nil, chain.Exit(1)
	}
	e, err := condition.Parse(args)
	if err != nil {
		return nil, chain.Fatal(chain.CodeUsage, err.Error())
	}
	isSet := func(name string) bool {
		_, ok := p.Env.Lookup(name)
		return ok
	}
	isTrue, err := e.Evaluate(isSet)
	switch {
	case err != nil:
		return nil, chain.Fatal(chain.CodeUsage, err.Error())
	case !isTrue:
		return nil, chain.Exit(1)
	}
	return nil, nil
}

// Package backtick implements backtick: put what a block prints into a
// variable.
// Reference: https://skarnet.org/software/execline/backtick.html
package backtick

import (
	"strconv"
	"strings"

	"toolbox/chain"
	"toolbox/internal/env"
	"toolbox/internal/getopt"
	"toolbox/substitute"
)

// Usage is the synopsis.
const Usage = "backtick [ -i | -I | -x | -D default ] [ -N | -n ] [ -E | -e ] var { prog... } remainder..."

// Help is the manual page.
const Help = `put the output of a block into a variable

Runs prog... and waits for it, then becomes remainder... with var set to what
prog wrote to standard output, less one newline at the end.

  -i          fail if prog fails or if its output has a NUL; the default
  -I          go on whatever prog does; the value ends before the first NUL
  -x          go on, but with var unset
  -D default  go on, but with default as the value
  -N          keep the newline; -n: don't
  -E          substitute $var in remainder... instead of setting the variable;
              -e: don't

With -I, -x and -D the variable ? tells how prog ended, as with foreground.`

// codeNul is the exit code for output that no variable can hold.
const codeNul = 124

// failure says what happens if there is no good output.
type failure uint8

const (
	fatal failure = iota
	takeIt
	useDefault
)

// Run runs the block and returns the remainder.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	onFailure, fallback := fatal, env.Change{}
	chomp, autoimport := true, false
	opts := getopt.New("iINnxD:Ee", args)
	for opts.Next() {
		switch opts.Flag {
		case 'i':
			onFailure = fatal
		case 'I':
			onFailure = takeIt
		case 'x':
			onFailure, fallback = useDefault, env.Change{Unset: true}
		case 'D':
			onFailure, fallback = useDefault, env.Change{Value: opts.Arg}
		case 'N', 'n':
			chomp = opts.Flag == 'n'
		case 'E', 'e':
			autoimport = opts.Flag == 'E'
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) < 2 {
		return nil, chain.ErrUsage
	}
	name, args := args[0], args[1:]
	if err := substitute.ValidName(name); err != nil {
		return nil, err
	}
	block, remainder, err := p.TakeBlock(args)
	switch {
	case err != nil:
		return nil, err
	case len(block) == 0:
		return nil, chain.Fatal(chain.CodeUsage, "empty block")
	case len(remainder) == 0:
		return nil, chain.Fatal(chain.CodeUsage, "empty remainder")
	}
	output, status, err := p.Capture(block)
	if err != nil {
		return nil, chain.SpawnError(err, block)
	}
	value, _, hasNul := strings.Cut(string(output), "\x00")
	if chomp {
		value = strings.TrimSuffix(value, "\n")
	}
	result := env.Change{Name: name, Value: value}
	if failed := status != 0; failed || hasNul {
		switch {
		case onFailure == fatal && failed:
			return nil, explain(status)
		case onFailure == fatal:
			return nil, chain.Fatal(codeNul, "child process output contained a null character")
		case onFailure == useDefault:
			if !failed {
				p.Warn("child process output contained a null character")
			}
			result = fallback
			result.Name = name
		}
	}
	changes := []env.Change{result}
	if onFailure != fatal {
		changes = append(changes, env.Change{Name: "?", Value: strconv.Itoa(status.Raw())})
	}
	return substitute.Export(p, changes, autoimport, remainder)
}

func explain(status chain.Status) error {
	if status.Signal() != 0 {
		return chain.Fatal(status.ExitCode(), "child process crashed")
	}
	return chain.Fatal(status.ExitCode(), "child process exited non-zero")
}

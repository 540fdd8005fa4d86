// Package execlineb implements execlineb: turn a script into a command line
// and execute it. The language is described in [execline].
// Reference: https://skarnet.org/software/execline/execlineb.html
package execlineb

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/execline"
	"toolbox/internal/getopt"
	"toolbox/substitute"
)

// Usage is the synopsis.
const Usage = "execlineb [ -p | -P | -S nmin | -s nmin ] [ -q | -w | -W ] [ -e ] [ -c commandline ] script args"

// Help is the manual page.
const Help = `run a script of the execline language

Becomes the command line that script stands for; an empty script exits 0. The
script's name and args become the variables 0, 1, 2... and their number #;
former ones are kept in a frame below, for emptyenv -P and runblock to find.

  -c commandline  the script itself; then $0 is the name execlineb was called by
  -p              set the variables without keeping former ones
  -P              leave the variables alone
  -S nmin         put the values of $0, $1... $@ and $# into the script instead;
                  up to $nmin they are empty if missing
  -s nmin         the same, and $@ is only what follows the first nmin args
  -q, -w, -W      set EXECLINE_STRICT to 0, 1 or 2 for this and all programs to
                  come: fewer than nmin args are fine, a warning (also if
                  EXECLINE_STRICT is not set), or an error
  -e              nothing, for old scripts`

// params says what becomes of the positional parameters.
type params uint8

const (
	push params = iota
	set
	leave
	replace
	replaceShifted
)

// Run parses the script and returns its words.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	mode, strict, least := push, "", uint64(0)
	inline, zero, commandline := false, p.Word, ""
	opts := getopt.New("pPqwWec:S:s:", args)
	for opts.Next() {
		switch opts.Flag {
		case 'p':
			mode = set
		case 'P':
			mode = leave
		case 'S':
			mode, least = replace, opts.Uint(1<<32-1)
		case 's':
			mode, least = replaceShifted, opts.Uint(1<<32-1)
		case 'q':
			strict = "0"
		case 'w':
			strict = "1"
		case 'W':
			strict = "2"
		case 'c':
			inline, commandline = true, opts.Arg
		case 'e':
		}
	}
	args, ok := opts.Operands()
	if !ok || !inline && len(args) == 0 {
		return nil, chain.ErrUsage
	}
	script, where := commandline, "-c"
	if !inline {
		zero, args = args[0], args[1:]
		where = zero
		if script, err = read(zero); err != nil {
			return nil, err
		}
	}
	next, err = execline.Parse(script)
	if err != nil {
		return nil, chain.Fatal(chain.CodeUsage, where+":"+err.Error())
	}
	if len(next) == 0 {
		return nil, nil
	}
	strictness := applyStrictness(p, strict)
	switch mode {
	case replace, replaceShifted:
		if err := substitute.Require(p, least, len(args), strictness); err != nil {
			return nil, err
		}
		var keys execline.Substitution
		keys.AddPositionals(zero, args, least, mode == replaceShifted)
		if next, err = keys.Apply(next); err != nil {
			return nil, chain.Unable(err, "substitute positional parameters")
		}
	case push:
		execline.Push(&p.Env, execline.Positional)
		fallthrough
	case set:
		p.Env.Set("#", strconv.Itoa(len(args)))
		p.Env.Set("0", zero)
		for i, arg := range args {
			p.Env.Set(strconv.Itoa(i+1), arg)
		}
	case leave:
	}
	return next, nil
}

// read returns the script in a file, up to its first NUL, which ends it.
func read(name string) (string, error) {
	fd, err := open(name)
	if err != nil {
		return "", chain.Unable(err, "open", name)
	}
	defer unix.Close(fd)
	text := make([]byte, 0, 4096)
	for {
		if len(text) == cap(text) {
			text = append(text, 0)[:len(text)]
		}
		n, err := unix.Read(fd, text[len(text):cap(text)])
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return "", chain.Unable(err, "read", name)
		}
		read := string(text[len(text) : len(text)+n])
		text = text[:len(text)+n]
		if n == 0 || strings.IndexByte(read, 0) >= 0 {
			return string(text), nil
		}
	}
}

func open(name string) (fd int, err error) {
	for {
		fd, err = unix.Open(name, unix.O_RDONLY|unix.O_CLOEXEC, 0)
		if err != unix.EINTR {
			return fd, err
		}
	}
}

// applyStrictness makes EXECLINE_STRICT what the options say, or removes it if
// it is no number. The result is the strictness about missing arguments: where
// it is not set at all they are worth a warning.
func applyStrictness(p *chain.Proc, option string) uint64 {
	value, ok := p.Env.Lookup("EXECLINE_STRICT")
	switch option {
	case "":
	case "0":
		p.Env.Unset("EXECLINE_STRICT")
		return 0
	default:
		p.Env.Set("EXECLINE_STRICT", option)
		return execline.Strict(&p.Env)
	}
	level, valid := getopt.Uint(value)
	if ok && !valid {
		p.Warn("invalid EXECLINE_STRICT value, unsetting it")
		p.Env.Unset("EXECLINE_STRICT")
	}
	if !valid {
		return 1
	}
	return level
}

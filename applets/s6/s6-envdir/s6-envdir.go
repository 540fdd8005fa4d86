// Package s6envdir implements s6-envdir: set variables from a directory, then
// chain-load. The directory's format is described in [envdir].
// Reference: https://skarnet.org/software/s6/s6-envdir.html
package s6envdir

import (
	"errors"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/envdir"
	"toolbox/internal/getopt"
)

// Usage is the synopsis.
const Usage = "s6-envdir [ -I | -i ] [ -n ] [ -f ] [ -L ] [ -c nullis ] dir prog..."

// Help is the manual page.
const Help = `set variables from the files of a directory, then become a program

Every file in dir, except names with a leading dot or a "=", is a variable:
its first line is the value, without blanks at the end. An empty file removes
the variable. The first 4095 bytes of a file count. A subdirectory is an
error, and so is anything else that is not a regular file.

  -i         fail if dir does not exist (the default)
  -I         leave the environment alone if dir does not exist
  -n         keep the blanks at the end; with -f, the last newline
  -f         the value is the whole file, all its lines
  -L         files may be larger than 4095 bytes
  -c nullis  NUL bytes become the first character of nullis, not a newline`

// Run applies the variables in dir to p and returns prog.
//
// It fails with 100 on wrong usage and 111 if dir cannot be read; with -I a
// missing dir is no failure and leaves the environment as it is.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	strict, o := true, envdir.Options{Null: '\n'}
	opts := getopt.New("IinfLc:", args)
	for opts.Next() {
		switch opts.Flag {
		case 'I', 'i':
			strict = opts.Flag == 'i'
		case 'n':
			o.NoChomp = true
		case 'f':
			o.Verbatim = true
		case 'L':
			o.NoClamp = true
		case 'c':
			o.Null = (opts.Arg + "\x00")[0]
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) < 2 {
		return nil, chain.ErrUsage
	}
	dir, prog := args[0], args[1:]
	vars, err := envdir.Read(dir, o)
	if err != nil && (strict || !errors.Is(err, unix.ENOENT)) {
		return nil, unable(err, dir)
	}
	p.Env.Apply(vars)
	return prog, nil
}

// unable says which file is to blame.
func unable(err error, dir string) error {
	var e *envdir.Error
	if errors.As(err, &e) {
		return chain.Unable(e.Err, "envdir", e.Path)
	}
	return chain.Unable(err, "envdir", dir)
}

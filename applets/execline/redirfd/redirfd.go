// Package redirfd implements redirfd: open a file on a descriptor.
// Reference: https://skarnet.org/software/execline/redirfd.html
package redirfd

import (
	"strconv"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/env"
	"toolbox/internal/getopt"
	"toolbox/substitute"
)

// Usage is the synopsis.
const Usage = "redirfd -[ r | w | u | a | x ] [ -N | -n ] [ -b ] [ -f ] [ -E | -e ] fd|var file prog..."

// Help is the manual page.
const Help = `open a file on a descriptor, then become a program

  -r  for reading
  -w  for writing; it is created or truncated
  -u  for reading and writing; it must exist
  -a  for appending; it is created if missing
  -x  for writing; it must not exist
  -n, --nonblock      open in non-blocking mode; -N, --block: don't. Opening a
                      fifo for writing then succeeds without a reader, too
  -b, --switch-block  change the blocking mode after opening: -nb opens without
                      blocking, and reads and writes block
  -f, --open          on any free descriptor, whose number becomes the value of
                      the variable var
  -E, --autoimport    with -f, substitute $var in prog... instead of setting
                      the variable; -e, --no-autoimport: don't

Each of --read, --write, --create, --append, --trunc and --excl, or --no- and
the same, sets or clears one flag of open(2). Later options win.`

// mode is what the options set and clear: flags of open(2), and more.
type mode uint16

const (
	read mode = 1 << iota
	write
	create
	appending
	truncate
	exclusive
	nonblock
	switchBlock
	anywhere
	autoimport
)

// options are the names and effects of the options; a letter that is no
// printable character has only its long name.
var options = [...]struct {
	letter     byte
	long       string
	clear, set mode
}{
	{'r', "", write | appending | create | truncate | exclusive, read},
	{'w', "", read | appending | exclusive, write | create | truncate},
	{'u', "", appending | create | truncate | exclusive, read | write},
	{'a', "", read | truncate | exclusive, write | create | appending},
	{'x', "", read | appending | truncate, write | create | exclusive},
	{'N', "block", nonblock, 0},
	{'n', "nonblock", 0, nonblock},
	{'b', "switch-block", 0, switchBlock},
	{'f', "open", 0, anywhere},
	{'e', "no-autoimport", autoimport, 0},
	{'E', "autoimport", 0, autoimport},
	{1, "no-read", read, 0},
	{2, "read", 0, read},
	{3, "no-write", write, 0},
	{4, "write", 0, write},
	{5, "no-create", create, 0},
	{6, "create", 0, create},
	{7, "no-append", appending, 0},
	{8, "append", 0, appending},
	{9, "no-trunc", truncate, 0},
	{10, "trunc", 0, truncate},
	{11, "no-excl", exclusive, 0},
	{12, "excl", 0, exclusive},
}

// openFlags are the flags of open(2) for those of a mode.
var openFlags = [...]struct {
	has  mode
	flag int
}{
	{create, unix.O_CREAT},
	{appending, unix.O_APPEND},
	{truncate, unix.O_TRUNC},
	{exclusive, unix.O_EXCL},
	{nonblock, unix.O_NONBLOCK},
}

// Run opens the file and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	var m mode
	var long [len(options)]getopt.Long
	for i, o := range options {
		long[i] = getopt.Long{Name: o.long, Flag: o.letter}
	}
	opts := getopt.NewLong("rwuaxNnbfeE", long[:], args)
	for opts.Next() {
		for _, o := range options {
			if o.letter == opts.Flag {
				m = m&^o.clear | o.set
			}
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) < 3 || m&(read|write) == 0 {
		return nil, chain.ErrUsage
	}
	target, file, prog := args[0], args[1], args[2:]
	if m&anywhere != 0 {
		return openAnywhere(p, m, target, file, prog)
	}
	fd, ok := getopt.Fd(target)
	if !ok {
		return nil, chain.ErrUsage
	}
	err = open(m, file, func(flags int) error { return p.Open(fd, file, flags, 0o666) })
	if err == nil {
		err = switchMode(m, fd)
	}
	return prog, err
}

// openAnywhere opens file on the lowest free descriptor, and puts its number
// into a variable.
func openAnywhere(p *chain.Proc, m mode, name, file string, prog []string) (next []string, err error) {
	if err := substitute.ValidName(name); err != nil {
		return nil, err
	}
	var fd int
	err = open(m, file, func(flags int) error {
		for {
			var err error
			if fd, err = unix.Open(file, flags, 0o666); err != unix.EINTR {
				return err
			}
		}
	})
	if err != nil {
		return nil, err
	}
	p.Fresh(fd)
	if err := switchMode(m, fd); err != nil {
		return nil, err
	}
	number := env.Change{Name: name, Value: strconv.Itoa(fd)}
	return substitute.Export(p, []env.Change{number}, m&autoimport != 0, prog)
}

// open performs how with the flags of m. Where a fifo cannot be opened for
// writing because nobody reads it, it is read here meanwhile.
func open(m mode, file string, how func(flags int) error) error {
	flags := unix.O_RDONLY
	switch m & (read | write) {
	case read | write:
		flags = unix.O_RDWR
	case write:
		flags = unix.O_WRONLY
	}
	for _, f := range openFlags {
		if m&f.has != 0 {
			flags |= f.flag
		}
	}
	err := how(flags)
	if err == unix.ENXIO && m&write != 0 {
		reader, readErr := unix.Open(file, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
		if readErr != nil {
			return chain.Unable(readErr, "open_read", file)
		}
		defer unix.Close(reader)
		err = how(flags)
	}
	if err != nil {
		return chain.Unable(err, "open", file)
	}
	return nil
}

// switchMode changes the blocking mode if m says so.
func switchMode(m mode, fd int) error {
	if m&switchBlock == 0 {
		return nil
	}
	if err := unix.SetNonblock(fd, m&nonblock == 0); err != nil {
		return chain.Unable(err, "change blocking mode")
	}
	return nil
}

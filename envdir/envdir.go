// Package envdir reads environment variables from a directory, one variable a
// file: the name of the file is the variable's, its contents are the value.
//
// Names that start with a dot or contain "=" are skipped. By default the value
// is the first line without the spaces, tabs and carriage returns at its end,
// of at most [MaxSize] bytes read. A file without a byte in it removes the
// variable; one that holds just a newline sets it to the empty string. NUL
// bytes cannot be in a variable and become another character.
//
// Source: s6-envdir's manual page, and skalibs, envdir.
package envdir

import (
	"bytes"

	"golang.org/x/sys/unix"

	"toolbox/internal/env"
	"toolbox/internal/sys"
)

// MaxSize is how many bytes of a file count, unless [Options].NoClamp.
const MaxSize = 4095

// Options say how a file becomes a value.
type Options struct {
	NoChomp  bool // keep blanks at the end, and with Verbatim the last newline
	Verbatim bool // the whole file, not just its first line; drops one newline at the end
	NoClamp  bool // files of any size
	Null     byte // replaces NUL bytes; must not be 0
}

// An Error is why the directory could not be read.
type Error struct {
	Path string // the directory, or DIRECTORY/FILE
	// Err is [ErrNotRegular], EIDRM for a file that vanished or a link that
	// leads nowhere, or what the system said. It is ENOENT only if the
	// directory is missing.
	Err error
}

func (e *Error) Error() string { return "unable to read " + e.Path + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// ErrNotRegular tells that an entry is a fifo, a socket or a device: reading
// it might block for ever.
const ErrNotRegular = notRegular("not a regular file")

type notRegular string

func (e notRegular) Error() string { return string(e) }

// Read returns what the files in dir say, in the order of the directory. A
// subdirectory is an error (EISDIR), as in the original. A link to /dev/null
// is as good as an empty file. The error is an [*Error].
func Read(dir string, o Options) ([]env.Change, error) {
	if o.Null == 0 {
		return nil, &Error{dir, unix.EINVAL}
	}
	fd, err := open(unix.AT_FDCWD, dir, unix.O_DIRECTORY)
	if err != nil {
		return nil, &Error{dir, err}
	}
	defer unix.Close(fd)
	names, err := sys.ReadDirFd(fd)
	if err != nil {
		return nil, &Error{dir, err}
	}
	vars := make([]env.Change, 0, len(names))
	r := reader{clamp: !o.NoClamp}
	for _, name := range names {
		if name[0] == '.' || !env.Valid(name) {
			continue
		}
		content, err := r.file(fd, name)
		if err == unix.ENOENT {
			err = unix.EIDRM
		}
		if err != nil {
			return nil, &Error{dir + "/" + name, err}
		}
		vars = append(vars, o.variable(name, content))
	}
	return vars, nil
}

// variable turns a file into what it says. It may change content.
func (o Options) variable(name string, content []byte) env.Change {
	if len(content) == 0 {
		return env.Change{Name: name, Unset: true}
	}
	switch {
	case !o.Verbatim:
		content, _, _ = bytes.Cut(content, []byte("\n"))
		if !o.NoChomp {
			content = bytes.TrimRight(content, " \t\r")
		}
	case !o.NoChomp:
		content = bytes.TrimSuffix(content, []byte("\n"))
	}
	for i, c := range content {
		if c == 0 {
			content[i] = o.Null
		}
	}
	return env.Change{Name: name, Value: string(content)}
}

// A reader reads one file after the other into the same memory.
type reader struct {
	buf   []byte
	clamp bool
}

// file returns the contents of a file, valid until the next call.
func (r *reader) file(dir int, name string) ([]byte, error) {
	// A fifo would make open wait for a writer.
	fd, err := open(dir, name, unix.O_NONBLOCK)
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return nil, err
	}
	switch {
	case st.Mode&unix.S_IFMT == unix.S_IFREG:
	case st.Mode&unix.S_IFMT == unix.S_IFDIR:
		return nil, unix.EISDIR
	case st.Mode&unix.S_IFMT == unix.S_IFCHR && st.Rdev == unix.Mkdev(1, 3): // /dev/null
	default:
		return nil, ErrNotRegular
	}
	return r.read(fd)
}

// read does not believe in the file's size, which is 0 for files of /proc.
func (r *reader) read(fd int) ([]byte, error) {
	if r.buf == nil {
		r.buf = make([]byte, MaxSize)
	}
	have := 0
	for {
		if have == len(r.buf) {
			if r.clamp {
				return r.buf, nil
			}
			r.buf = append(r.buf, make([]byte, len(r.buf))...)
		}
		n, err := unix.Read(fd, r.buf[have:])
		if err == unix.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			return r.buf[:have], err
		}
		have += n
	}
}

func open(dir int, name string, flags int) (fd int, err error) {
	for {
		fd, err = unix.Openat(dir, name, flags|unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOCTTY, 0)
		if err != unix.EINTR {
			return fd, err
		}
	}
}

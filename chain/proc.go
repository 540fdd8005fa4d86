package chain

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/env"
	"toolbox/internal/sys"
)

// A Proc is the process as applets see and change it. What a block must be
// able to roll back is changed through Proc, never by a system call of the
// applet's own.
type Proc struct {
	// Env is the environment of the programs to come.
	Env env.Env

	// Argv0, if not empty, is the name under which the next program is
	// executed (execline's `exec -a`), instead of its first word.
	Argv0 string

	// Own makes the engine look for the next program in our table before
	// PATH: for words that an applet generates itself, where the originals
	// have compiled-in paths.
	Own bool

	// NewPath makes the engine look for the next program in the PATH that
	// the applet leaves. Otherwise it is the PATH the applet found: skalibs
	// searches that of its own process, so that `emptyenv prog` finds prog.
	NewPath bool

	// Invoked is the base name this process was called by.
	Invoked string

	// Word is the word that led to the running applet: its argv[0].
	Word string

	lookup  Lookup
	prog    string                  // the name of the applet that runs, for diagnostics
	pending [numLimits]*unix.Rlimit // limits set just before execve
	frames  []*frame                // the blocks that run in place, innermost last
	blocks  int                     // blocks the current applet has taken from its arguments
}

// Name returns the name that diagnostics of the running applet start with.
func (p *Proc) Name() string { return p.prog }

// Warn prints "NAME: warning: WORDS" on standard error. Words are joined by
// blanks.
func (p *Proc) Warn(words ...string) { p.say("warning", join(words)) }

// Info prints "NAME: info: WORDS" on standard error.
func (p *Proc) Info(words ...string) { p.say("info", join(words)) }

func (p *Proc) say(severity, text string) {
	b := make([]byte, 0, len(p.prog)+len(severity)+len(text)+5)
	b = append(b, p.prog...)
	b = append(b, ": "...)
	b = append(b, severity...)
	b = append(b, ": "...)
	b = append(b, text...)
	b = append(b, '\n')
	sys.WriteAll(2, b)
}

// Print writes text to standard output.
func (p *Proc) Print(text string) error {
	if err := sys.WriteAll(1, []byte(text)); err != nil {
		return Unable(err, "write to stdout")
	}
	return nil
}

// Chdir changes the working directory.
func (p *Proc) Chdir(dir string) error {
	if err := p.saveDir(); err != nil {
		return err
	}
	return unix.Chdir(dir)
}

// Umask sets the file mode creation mask.
func (p *Proc) Umask(mask int) {
	p.saveUmask()
	unix.Umask(mask)
}

// Open opens path as descriptor fd, which programs inherit.
func (p *Proc) Open(fd int, path string, flags int, mode uint32) error {
	if err := p.saveFd(fd); err != nil {
		return err
	}
	for {
		got, err := unix.Open(path, flags|unix.O_CLOEXEC, mode)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return err
		}
		return p.adopt(got, fd)
	}
}

// adopt moves a fresh close-on-exec descriptor to the number fd.
func (p *Proc) adopt(got, fd int) error {
	if got == fd {
		_, err := unix.FcntlInt(uintptr(fd), unix.F_SETFD, 0)
		return err
	}
	err := unix.Dup3(got, fd, 0)
	unix.Close(got)
	return err
}

// Dup makes descriptor to a copy of from, which programs inherit; the two may
// be equal.
func (p *Proc) Dup(from, to int) error {
	if err := p.saveFd(to); err != nil {
		return err
	}
	if from == to {
		_, err := unix.FcntlInt(uintptr(to), unix.F_SETFD, 0)
		return err
	}
	return unix.Dup3(from, to, 0)
}

// Close closes descriptor fd, if it is open. The only error is that of a block
// which needs a process of its own.
func (p *Proc) Close(fd int) error {
	if err := p.saveFd(fd); err != nil {
		return err
	}
	unix.Close(fd)
	return nil
}

// Fresh tells the engine about descriptors an applet opened at numbers the
// kernel chose and leaves open for the programs to come.
func (p *Proc) Fresh(fds ...int) {
	if len(p.frames) == 0 {
		return
	}
	f := p.frames[len(p.frames)-1]
	for _, fd := range fds {
		if f.saved(fd) == nil {
			f.fds = append(f.fds, savedFd{fd: fd, copy: -1})
		}
	}
}

package chain

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/env"
	"toolbox/internal/sys"
)

// A frame is the journal of one block that runs in place: what it changed,
// as it was before. Undoing it is the block's end.
type frame struct {
	env     env.Env
	argv0   string
	own     bool
	prog    string
	word    string
	blocks  int
	pending [numLimits]*unix.Rlimit
	fds     []savedFd
	dir     int // descriptor of the former working directory, -1: unchanged
	umask   int // -1: unchanged
}

type savedFd struct {
	fd   int
	copy int // a close-on-exec copy of it, -1: it was closed
	// flags are its descriptor flags: an inherited close-on-exec descriptor
	// must get that flag back.
	flags int
}

func (f *frame) saved(fd int) *savedFd {
	for i := range f.fds {
		if f.fds[i].fd == fd {
			return &f.fds[i]
		}
	}
	return nil
}

// journalBase is the lowest number for saved descriptors: out of the way of
// what scripts use, and low enough to keep the kernel's table small.
const journalBase = 200

// errNeedsProcess is how a change says that it cannot be rolled back here;
// the engine then gives the applet a process of its own.
var errNeedsProcess error = &Error{Code: CodeSystem, Text: "unable to save state"}

// push opens the journal of a block.
func (p *Proc) push() {
	if len(p.frames) == 0 {
		// An applet at the end of a block writes in our own process: a broken
		// pipe must end the block, not us.
		sys.Ignore(unix.SIGPIPE)
		sys.Ignore(unix.SIGXFSZ)
	}
	p.frames = append(p.frames, &frame{
		env: p.Env.Snapshot(), argv0: p.Argv0, own: p.Own, prog: p.prog, word: p.Word, blocks: p.blocks,
		pending: p.pending, dir: -1, umask: -1,
	})
}

// pop undoes everything since push, in reverse order.
func (p *Proc) pop() {
	f := p.frames[len(p.frames)-1]
	p.frames = p.frames[:len(p.frames)-1]
	for i := len(f.fds) - 1; i >= 0; i-- {
		switch s := f.fds[i]; {
		case s.copy < 0:
			unix.Close(s.fd)
		default:
			unix.Dup3(s.copy, s.fd, s.flags&unix.FD_CLOEXEC*unix.O_CLOEXEC)
			unix.Close(s.copy)
		}
	}
	if f.dir >= 0 {
		unix.Fchdir(f.dir)
		unix.Close(f.dir)
	}
	if f.umask >= 0 {
		unix.Umask(f.umask)
	}
	p.Env, p.Argv0, p.Own, p.pending = f.env, f.argv0, f.own, f.pending
	p.prog, p.Word, p.blocks = f.prog, f.word, f.blocks
	if len(p.frames) == 0 {
		for _, sig := range [...]unix.Signal{unix.SIGPIPE, unix.SIGXFSZ} {
			if !sys.InheritedIgnored(sig) {
				sys.Default(sig)
			}
		}
	}
}

// saveFd keeps what descriptor fd is in the innermost journal.
func (p *Proc) saveFd(fd int) error {
	if len(p.frames) == 0 {
		return nil
	}
	if err := p.yieldNumber(fd); err != nil {
		return err
	}
	f := p.frames[len(p.frames)-1]
	if f.saved(fd) != nil {
		return nil
	}
	flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0)
	if err == unix.EBADF {
		f.fds = append(f.fds, savedFd{fd: fd, copy: -1})
		return nil
	}
	if err != nil {
		return err
	}
	saved, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, journalBase)
	if err != nil {
		return errNeedsProcess
	}
	f.fds = append(f.fds, savedFd{fd: fd, copy: saved, flags: flags})
	return nil
}

// yieldNumber moves a descriptor of the journals away from the number fd,
// which a script wants.
func (p *Proc) yieldNumber(fd int) error {
	if fd < journalBase {
		return nil
	}
	move := func(own *int) error {
		moved, err := unix.FcntlInt(uintptr(*own), unix.F_DUPFD_CLOEXEC, fd+1)
		if err != nil {
			return errNeedsProcess
		}
		unix.Close(*own)
		*own = moved
		return nil
	}
	for _, f := range p.frames {
		if f.dir == fd {
			return move(&f.dir)
		}
		for i := range f.fds {
			if f.fds[i].copy == fd {
				return move(&f.fds[i].copy)
			}
		}
	}
	return nil
}

func (p *Proc) saveDir() error {
	if len(p.frames) == 0 {
		return nil
	}
	f := p.frames[len(p.frames)-1]
	if f.dir >= 0 {
		return nil
	}
	dir, err := unix.Open(".", unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return errNeedsProcess
	}
	saved, err := unix.FcntlInt(uintptr(dir), unix.F_DUPFD_CLOEXEC, journalBase)
	unix.Close(dir)
	if err != nil {
		return errNeedsProcess
	}
	f.dir = saved
	return nil
}

func (p *Proc) saveUmask() {
	if len(p.frames) == 0 {
		return
	}
	if f := p.frames[len(p.frames)-1]; f.umask < 0 {
		f.umask = unix.Umask(0)
		unix.Umask(f.umask)
	}
}

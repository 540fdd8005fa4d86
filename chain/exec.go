package chain

import (
	"unsafe"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// A Child says how a spawned program differs from this process.
type Child struct {
	// Fds are descriptors to set up, in order; a From of -1 closes To. They
	// must not depend on each other: no To may be a later From.
	Fds []FdCopy
	// Orphan makes the program a child of init, or of the next subreaper:
	// nobody has to wait for it.
	Orphan bool
	// Setsid starts a session of its own.
	Setsid bool
	// Job starts a process group of its own and, if descriptor 0 is the
	// terminal of the session, puts it in front there.
	Job bool
	// Dir, if not 0, is a descriptor of the directory to start in.
	Dir int
}

// FdCopy makes descriptor To a copy of From.
type FdCopy struct{ From, To int }

// Spawn starts argv as a child process and returns its pid. The error tells
// that its first word could not be started.
func (p *Proc) Spawn(argv []string, c Child) (pid int, err error) {
	t, err := p.resolve(argv[0])
	if err != nil {
		return 0, err
	}
	return p.spawn(t, argv, c)
}

// SpawnError turns an error of [Proc.Spawn] or [Proc.Block] into the fatal
// one of most programs that need their child.
func SpawnError(err error, argv []string) error { return Unable(err, "spawn", argv[0]) }

// SpawnCode is the exit code that stands for a child that could not be
// started, where that is not fatal: 127 if it was not found, else 126.
func SpawnCode(err error) int {
	if f, ok := err.(*sys.Failure); ok {
		err = f.Errno
	}
	return execCode(err)
}

func (p *Proc) spawn(t target, argv []string, c Child) (pid int, err error) {
	p.scrubEnviron()
	prog := new(sys.Program)
	if c.Orphan {
		prog.Orphan()
	}
	for _, fd := range c.Fds {
		if fd.From < 0 {
			prog.Close(fd.To)
		} else {
			prog.Dup2(fd.From, fd.To)
		}
	}
	if c.Setsid {
		prog.Setsid()
	}
	var flags uintptr
	own := new(int32)
	if c.Job {
		// With this flag the kernel stores the child's pid before it runs, and
		// tcsetpgrp needs it.
		flags = unix.CLONE_PARENT_SETTID
		prog.Call(sys.StageSession, unix.SYS_SETPGID, 0, 0)
		prog.Try(sys.StageSession, unix.SYS_IOCTL, 0, unix.TIOCSPGRP, prog.Pointer(unsafe.Pointer(own)))
	}
	if c.Dir != 0 {
		prog.Fchdir(c.Dir)
	}
	if len(p.frames) > 0 {
		prog.Signal(unix.SIGPIPE, sys.InheritedIgnored(unix.SIGPIPE))
		prog.Signal(unix.SIGXFSZ, sys.InheritedIgnored(unix.SIGXFSZ))
	}
	p.execve(prog, t, argv)
	return prog.Spawn(flags, own)
}

// child runs argv in a process of its own and waits for it.
func (p *Proc) child(t target, argv []string) (Status, error) {
	pid, err := p.spawn(t, argv, Child{})
	if err != nil {
		return 0, err
	}
	ws, err := sys.Wait(pid)
	return Status(ws), err
}

// wait is child for the later links of a block, where an error is the end of
// the link before.
func (p *Proc) wait(t target, argv []string) Status {
	s, err := p.child(t, argv)
	if err != nil {
		return p.cannotExec(argv, err)
	}
	return s
}

// exec replaces this process by argv. It returns only on failure.
func (p *Proc) exec(t target, argv []string) error {
	prog := new(sys.Program)
	p.execve(prog, t, argv)
	return prog.Exec()
}

// execve adds the execve of argv to prog, and the pending limits before it.
func (p *Proc) execve(prog *sys.Program, t target, argv []string) {
	if p.Argv0 != "" && t.paths[0] != Self { // there argv[0] says which applet
		argv = append([]string{p.Argv0}, argv[1:]...)
	}
	envp := p.Env.Strings()
	if t.applet == nil {
		p.AddLimits(prog)
	} else if limits := p.packLimits(); limits != "" {
		// Another process of ours: it would not start under such limits.
		envp = append(envp[:len(envp):len(envp)], limitsVariable+"="+limits)
	}
	prog.Execve(t.paths, argv, envp)
}

// scrubEnviron removes from the memory that /proc/PID/environ shows what no
// environment of this process holds any more: this process lives on beside
// its child, where a C program would have executed the next one and so lost
// the variable.
func (p *Proc) scrubEnviron() {
	sys.Scrub(func(entry string) bool {
		if contains(p.Env.Strings(), entry) {
			return true
		}
		for _, f := range p.frames {
			if contains(f.env.Strings(), entry) {
				return true
			}
		}
		return false
	})
}

func contains(list []string, s string) bool {
	for _, entry := range list {
		if entry == s {
			return true
		}
	}
	return false
}

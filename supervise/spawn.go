package supervise

import (
	"strconv"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// A child is a program to start for a service.
type child struct {
	path  string
	argv  []string
	fds   []fdCopy
	flags uintptr // for clone(2), besides the usual
}

// fdCopy makes the child's descriptor to a copy of our from.
type fdCopy struct{ from, to int }

// A spawner starts the programs of services. A thousand services are four
// thousand descriptors, which fork would copy and execve close one by one. So
// the few that a child needs are first copied to low numbers, the slots; the
// child is cloned with our descriptor table shared, and its first act is to
// take a private copy of what is below slotEnd: the cost does not grow.
type spawner struct {
	program sys.Program
	slots   []int // numbers below slotEnd that are ours; nil: the table is copied whole
	maxFd   int   // the soft limit of open files
	null    int   // /dev/null, opened when first needed
}

// The slots lie above what may have been passed to us by number.
const (
	slotStart = 10
	slotEnd   = 24
	slotCount = 6 // directory, standard input, output and error, notification
)

func newSpawner() *spawner {
	p := &spawner{null: -1}
	var lim unix.Rlimit
	unix.Getrlimit(unix.RLIMIT_NOFILE, &lim)
	p.maxFd = int(min(lim.Cur, 1<<30))
	p.reserve()
	return p
}

// reserve takes free numbers for slots. Where a descriptor above them is meant
// to be inherited, the table must be copied: what shares it, the child could
// not keep.
func (p *spawner) reserve() {
	names, err := sys.ReadDir(unix.AT_FDCWD, "/proc/self/fd")
	if err != nil {
		return
	}
	for _, name := range names {
		fd, err := strconv.Atoi(name)
		if err != nil || fd < slotEnd {
			continue
		}
		if flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err == nil && flags&unix.FD_CLOEXEC == 0 {
			return
		}
	}
	null, err := p.devNull()
	if err != nil {
		return
	}
	for fd := slotStart; fd < slotEnd && len(p.slots) < slotCount; fd++ {
		got, err := unix.FcntlInt(uintptr(null), unix.F_DUPFD_CLOEXEC, fd)
		if err != nil {
			break
		}
		if got >= slotEnd {
			unix.Close(got)
			break
		}
		fd = got
		p.slots = append(p.slots, got)
	}
	if len(p.slots) < slotCount {
		for _, fd := range p.slots {
			unix.Close(fd)
		}
		p.slots = nil
	}
}

func (p *spawner) devNull() (fd int, err error) {
	if p.null < 0 {
		fd, err := unix.Open("/dev/null", unix.O_RDWR|unix.O_CLOEXEC, 0)
		if err != nil {
			return -1, err
		}
		p.null, err = unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, slotEnd)
		unix.Close(fd)
		if err != nil {
			return -1, err
		}
	}
	return p.null, nil
}

// start starts c for the service s and returns its pid.
func (p *spawner) start(s *service, c *child) (pid int, err error) {
	fds, err := p.standard(s, c.fds)
	if err != nil {
		return 0, err
	}
	if p.slots != nil && len(fds) < len(p.slots) {
		pid, err = p.startInSlots(s, c, fds)
		if f, ok := err.(*sys.Failure); !ok || f.Stage != sys.StageDescriptors {
			return pid, err
		}
		p.slots = nil // close_range is not there, or not permitted
	}
	p.program.Reset()
	p.finish(s, c, s.dir, fds)
	return p.program.Spawn(c.flags, nil)
}

// standard adds the standard descriptors that differ from ours.
func (p *spawner) standard(s *service, fds []fdCopy) ([]fdCopy, error) {
	var all []fdCopy
	if s.closed {
		null, err := p.devNull()
		if err != nil {
			return nil, err
		}
		all = append(all, fdCopy{null, 0}, fdCopy{null, 1})
	} else if s.pipe >= 0 {
		to := 1
		if s.isLogger() {
			to = 0
		}
		all = append(all, fdCopy{s.pipe, to})
	}
	if s.console >= 0 {
		all = append(all, fdCopy{s.console, 2})
	}
	return append(all, fds...), nil
}

func (p *spawner) startInSlots(s *service, c *child, fds []fdCopy) (pid int, err error) {
	p.program.Reset()
	p.program.Call(sys.StageDescriptors, unix.SYS_CLOSE_RANGE, slotEnd, ^uintptr(0)>>33, unix.CLOSE_RANGE_UNSHARE)
	low := make([]fdCopy, len(fds))
	if err := unix.Dup3(s.dir, p.slots[0], unix.O_CLOEXEC); err != nil {
		return 0, err
	}
	for i, fd := range fds {
		if err := unix.Dup3(fd.from, p.slots[i+1], unix.O_CLOEXEC); err != nil {
			return 0, err
		}
		low[i] = fdCopy{p.slots[i+1], fd.to}
	}
	p.finish(s, c, p.slots[0], low)
	pid, err = p.program.Spawn(c.flags|unix.CLONE_FILES, nil)
	// A slot must not keep a pipe open that somebody waits for the end of.
	for i := range fds {
		unix.Dup3(p.null, p.slots[i+1], unix.O_CLOEXEC)
	}
	return pid, err
}

// finish completes the program: the service directory becomes the working
// directory while its descriptor is still there, since a notification-fd may
// have its number.
func (p *spawner) finish(s *service, c *child, dir int, fds []fdCopy) {
	p.program.Setsid()
	p.program.Fchdir(dir)
	for _, fd := range fds {
		p.program.Dup2(fd.from, fd.to)
	}
	if s.limits != nil {
		s.limits(&p.program)
	}
	// Ignored by us for the sake of fifos.
	p.program.Signal(unix.SIGPIPE, sys.InheritedIgnored(unix.SIGPIPE))
	p.program.Execve([]string{c.path}, c.argv, s.environ)
}

// unixErr returns the errno of an error of [spawner.start].
func unixErr(err error) error {
	if f, ok := err.(*sys.Failure); ok {
		return f.Errno
	}
	return err
}

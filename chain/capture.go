package chain

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// Capture runs argv as [Proc.Block] does and returns what it wrote to standard
// output, read while it runs: to the end of file, so also what a process it
// left behind writes.
func (p *Proc) Capture(argv []string) (output []byte, s Status, err error) {
	t, err := p.resolve(argv[0])
	if err != nil {
		return nil, 0, err
	}
	var pipe [2]int
	if err := unix.Pipe2(pipe[:], unix.O_CLOEXEC); err != nil {
		return nil, 0, err
	}
	if t.inPlace() && roomForJournal() && p.hide(&pipe) == nil {
		return p.captureInPlace(t, argv, pipe)
	}
	defer unix.Close(pipe[0])
	pid, err := p.spawn(t, argv, Child{Fds: []FdCopy{{From: pipe[1], To: 1}}})
	unix.Close(pipe[1])
	if err != nil {
		return nil, 0, err
	}
	output, readErr := sys.ReadAll(pipe[0])
	ws, err := sys.Wait(pid)
	if err == nil {
		err = readErr
	}
	return output, Status(ws), err
}

// hide moves descriptors out of the way of what scripts use.
func (p *Proc) hide(fds *[2]int) error {
	for i, fd := range fds {
		high, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, journalBase)
		if err != nil {
			return err
		}
		unix.Close(fd)
		fds[i] = high
	}
	return nil
}

// captureInPlace runs the block in this process and thread while another
// thread, which does nothing else, reads the pipe.
func (p *Proc) captureInPlace(t target, argv []string, pipe [2]int) (output []byte, s Status, err error) {
	p.push()
	if err := p.Dup(pipe[1], 1); err != nil {
		p.pop()
		unix.Close(pipe[0])
		unix.Close(pipe[1])
		return nil, 0, err
	}
	unix.Close(pipe[1])
	done := make(chan struct{})
	var readErr error
	go func() {
		output, readErr = sys.ReadAll(pipe[0])
		close(done)
	}()
	s = p.chain(t, argv)
	p.pop()
	<-done
	unix.Close(pipe[0])
	return output, s, readErr
}

// Package filter edits standard input, line by line, on its way to standard
// output.
package filter

import (
	"golang.org/x/sys/unix"
)

// Lines copies standard input to standard output until its end. What was read
// is written before more is waited for. The error comes with what failed:
// "read from stdin" or "write to stdout".
func Lines(edit Edit) (failed string, err error) {
	s := splitter{edit: edit, write: write, part: Start}
	in, held := make([]byte, chunk), 0
	for s.err == nil {
		n, err := read(in[held:])
		if err != nil {
			return "read from stdin", err
		}
		text := in[:held+n]
		if n == 0 {
			s.end(text)
			break
		}
		held = copy(in, s.split(text))
		s.flush()
	}
	return "write to stdout", s.err
}

// read reads from standard input; 0 is its end. A descriptor that does not
// block, as s6-log leaves them behind, is waited for.
func read(b []byte) (int, error) {
	for {
		n, err := unix.Read(0, b)
		switch err {
		case unix.EINTR:
		case unix.EAGAIN:
			wait(0, unix.POLLIN)
		default:
			return n, err
		}
	}
}

func write(b []byte) error {
	for len(b) > 0 {
		n, err := unix.Write(1, b)
		switch err {
		case nil:
			b = b[n:]
		case unix.EINTR:
		case unix.EAGAIN:
			wait(1, unix.POLLOUT)
		default:
			return err
		}
	}
	return nil
}

func wait(fd int32, events int16) {
	unix.Poll([]unix.PollFd{{Fd: fd, Events: events}}, -1)
}

package chain

import (
	"strconv"

	"golang.org/x/sys/unix"
)

// A Status is how a child ended: a wait status as wait(2) gives it.
type Status unix.WaitStatus

// Exited returns the status of a child that exited with code.
func Exited(code int) Status { return Status(code & 0xff << 8) }

// KilledBy returns the status of a child that sig killed.
func KilledBy(sig unix.Signal) Status { return Status(sig) }

// Signal returns the signal that killed the child, or 0 if it exited.
func (s Status) Signal() unix.Signal { return unix.Signal(s & 0x7f) }

// Raw returns the exit code, or 256 plus the signal that killed the child:
// the value of `?` (execline).
func (s Status) Raw() int {
	if sig := s.Signal(); sig != 0 {
		return 256 + int(sig)
	}
	return s.code()
}

// ExitCode returns the code with which a program exits "like its child": the
// child's, clamped to 128, or 128 plus the signal that killed it. Source:
// skalibs, wait_estatus.
func (s Status) ExitCode() int {
	if sig := s.Signal(); sig != 0 {
		return 128 + int(sig)
	}
	return min(s.code(), 128)
}

// Crashed returns the error of a program that does not accept its child to be
// killed by a signal, or nil if the child exited.
func (s Status) Crashed() error {
	sig := s.Signal()
	if sig == 0 {
		return nil
	}
	return Fatal(s.ExitCode(), "child crashed with signal", strconv.Itoa(int(sig)))
}

func (s Status) code() int { return int(s>>8) & 0xff }

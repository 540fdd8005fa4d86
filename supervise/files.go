package supervise

import (
	"bytes"

	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
	"toolbox/internal/signals"
	"toolbox/internal/svstatus"
	"toolbox/internal/sys"
)

const (
	lockFile    = "supervise/lock"
	controlFile = "supervise/control"
)

// An alreadyRunning is the error of a directory that another process holds.
type alreadyRunning struct{ what string }

func (e alreadyRunning) Error() string {
	return "another instance of " + e.what + " is already running"
}

// A wrongType is the error of a file that is not what it must be.
type wrongType struct{ path, is string }

func (e wrongType) Error() string { return e.path + " " + e.is }

// A stepError says what could not be done.
type stepError struct {
	verb, path string
	err        error
}

func (e *stepError) Error() string {
	return "unable to " + e.verb + " " + e.path + ": " + e.err.Error()
}
func (e *stepError) Unwrap() error { return e.err }

// prepare makes what must be in the service directory, locks it, and opens the
// control fifo.
func (s *service) prepare() error {
	// Modes are exact, whatever our umask is.
	old := unix.Umask(0)
	defer unix.Umask(old)
	made, err := makeDir(s.dir, "event")
	if err != nil {
		return err
	}
	if made {
		if err := unix.Fchownat(s.dir, "event", -1, unix.Getegid(), 0); err != nil {
			return &stepError{"chown", "event", err}
		}
		if err := unix.Fchmodat(s.dir, "event", 0o3730, 0); err != nil {
			return &stepError{"chmod", "event", err}
		}
	}
	if _, err := makeDir(s.dir, "supervise"); err != nil {
		return err
	}
	if s.lock, err = lockOf(s.dir, lockFile, 0o644, "s6-supervise"); err != nil {
		return err
	}
	if s.control, err = openFifo(s.dir, controlFile); err != nil {
		return err
	}
	if err := svstatus.ClearTally(s.dir); err != nil {
		return &stepError{"truncate", svstatus.TallyFile, err}
	}
	if err := s.loop.Watch(s.control, unix.EPOLLIN, s.readControl); err != nil {
		return &stepError{"watch", controlFile, err}
	}
	return nil
}

// makeDir makes the directory name in dir and reports whether it did. Where
// name is a link that leads nowhere, what it points to is made.
func makeDir(dir int, name string) (made bool, err error) {
	if err = unix.Mkdirat(dir, name, 0o700); err == nil {
		return true, nil
	}
	if err != unix.EEXIST {
		return false, &stepError{"mkdir", name, err}
	}
	var st unix.Stat_t
	switch err := unix.Fstatat(dir, name, &st, 0); {
	case err == unix.ENOENT:
		target := make([]byte, unix.PathMax)
		n, err := unix.Readlinkat(dir, name, target)
		if err == nil {
			err = unix.Mkdirat(dir, string(target[:n]), 0o700)
		}
		if err != nil {
			return false, &stepError{"mkdir", name, err}
		}
		return true, nil
	case err != nil:
		return false, &stepError{"stat", name, err}
	case st.Mode&unix.S_IFMT != unix.S_IFDIR:
		return false, wrongType{name, "exists and is not a directory"}
	}
	return false, nil
}

// lockOf opens and locks a lock file of dir. The lock is the process's: it is
// lost when any descriptor of the file is closed.
func lockOf(dir int, path string, mode uint32, what string) (fd int, err error) {
	fd, err = unix.Openat(dir, path, unix.O_WRONLY|unix.O_CREAT|unix.O_NONBLOCK|unix.O_CLOEXEC, mode)
	if err != nil {
		return -1, &stepError{"open", path, err}
	}
	lk := unix.Flock_t{Type: unix.F_WRLCK}
	if err := unix.FcntlFlock(uintptr(fd), unix.F_SETLK, &lk); err != nil {
		unix.Close(fd)
		if err == unix.EACCES || err == unix.EAGAIN {
			return -1, alreadyRunning{what}
		}
		return -1, &stepError{"lock", path, err}
	}
	return fd, nil
}

// openFifo makes a fifo in dir if it is not there and opens it both ways: it
// never is at its end, and one descriptor does.
func openFifo(dir int, path string) (fd int, err error) {
	if err := unix.Mknodat(dir, path, unix.S_IFIFO|0o600, 0); err != nil && err != unix.EEXIST {
		return -1, &stepError{"mkfifo", path, err}
	}
	fd, err = unix.Openat(dir, path, unix.O_RDWR|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1, &stepError{"open", path, err}
	}
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil || st.Mode&unix.S_IFMT != unix.S_IFIFO {
		unix.Close(fd)
		return -1, wrongType{path, "is not a FIFO"}
	}
	return fd, nil
}

// exists reports whether a file is in the service directory.
func (s *service) exists(file string) bool {
	var st unix.Stat_t
	err := unix.Fstatat(s.dir, file, &st, 0)
	if err != nil && err != unix.ENOENT {
		s.unable(err, "access", file)
	}
	return err == nil
}

// line returns the first line of a file of at most max bytes.
func (s *service) line(file string, max int) (text string, ok bool) {
	b, err := sys.ReadSmall(s.dir, file, max)
	if err != nil {
		if err != unix.ENOENT {
			s.unable(err, "read", file)
		}
		return "", false
	}
	b, _, _ = bytes.Cut(b, []byte("\n"))
	return string(b), true
}

// number reads a file that holds a number: all of its first line, digits only.
func (s *service) number(file string) (n int, ok bool) {
	text, ok := s.line(file, 20)
	if !ok {
		return 0, false
	}
	value, ok := getopt.Uint(text)
	if !ok || value > 1<<31-1 {
		s.warn("invalid", file)
		return 0, false
	}
	return int(value), true
}

// signal reads a file that holds a signal, by name or number.
func (s *service) signal(file string, otherwise unix.Signal) unix.Signal {
	text, ok := s.line(file, 15)
	if !ok {
		return otherwise
	}
	sig, ok := signals.Parse(text)
	if !ok {
		s.warn("invalid", file)
		return otherwise
	}
	return sig
}

// Occupied reports whether err means that another process has the directory,
// or that something else is in the way: a case of wrong use, not of failure.
func Occupied(err error) bool {
	switch err.(type) {
	case alreadyRunning, wrongType:
		return true
	}
	return false
}

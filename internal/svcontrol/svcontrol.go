// Package svcontrol talks to supervisors: to that of a service through
// supervise/control, to a scanner through .s6-svscan/control.
package svcontrol

import (
	"errors"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// The directories with the control fifo.
const (
	Service = "supervise"
	Scanner = ".s6-svscan"
)

var (
	// ErrNotListening tells that no supervisor runs on the directory.
	ErrNotListening = errors.New("supervisor not listening")
	// ErrOdd tells that the directory has no control fifo where it should.
	ErrOdd = errors.New("something is wrong")
)

// Write sends commands to the supervisor of the directory dir. The error is
// [ErrNotListening], one that wraps [ErrOdd], or the system's.
func Write(dir, subdir, commands string) error {
	fd, err := unix.Open(dir+"/"+subdir+"/control", unix.O_WRONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	switch err {
	case nil:
	case unix.ENXIO:
		return ErrNotListening
	case unix.ENOENT, unix.ENOTDIR, unix.EISDIR:
		return diagnose(dir, subdir)
	default:
		return err
	}
	defer unix.Close(fd)
	if err := unix.SetNonblock(fd, false); err != nil {
		return err
	}
	return sys.WriteAll(fd, []byte(commands))
}

// diagnose finds out what a missing control fifo means: there never was a
// supervisor, or the directory itself is not there.
func diagnose(dir, subdir string) error {
	var st unix.Stat_t
	if err := unix.Stat(dir, &st); err != nil {
		return err
	}
	if st.Mode&unix.S_IFMT != unix.S_IFDIR {
		return unix.ENOTDIR
	}
	if err := unix.Stat(dir+"/"+subdir, &st); err == unix.ENOENT {
		return ErrNotListening
	}
	return ErrOdd
}

// Supervised reports whether a supervisor holds the lock of the service
// directory dir.
func Supervised(dir string) (bool, error) {
	fd, err := unix.Open(dir+"/supervise/lock", unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err == unix.ENOENT {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer unix.Close(fd)
	// A lock for reading conflicts with the supervisor's.
	lk := unix.Flock_t{Type: unix.F_RDLCK}
	if err := unix.FcntlFlock(uintptr(fd), unix.F_GETLK, &lk); err != nil {
		return false, err
	}
	return lk.Type != unix.F_UNLCK, nil
}

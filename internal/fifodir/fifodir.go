// Package fifodir tells many listeners about an event: a fifodir is a
// directory in which every listener has a fifo, and a notifier writes the
// event, a few bytes, into each of them.
// Source: https://skarnet.org/software/s6/fifodir.html
package fifodir

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// A listener's fifo is called ftrig1:@, a TAI64N label, and more, with
// nameSize bytes in all. Names that only start with "ftrig1" may be of
// another version; cleaning takes them too.
const (
	prefix      = "ftrig1:@"
	cleanPrefix = "ftrig1"
	nameSize    = 39
)

// Notify writes event to all listeners of the fifodir path, relative to
// dirfd. Fifos without listener are removed; a listener that does not keep up
// misses the event, because a notifier must never wait.
//
// SIGPIPE must be ignored.
func Notify(dirfd int, path, event string) error {
	return each(dirfd, path, prefix, func(dir int, name string, fifo int) {
		if _, err := unix.Write(fifo, []byte(event)); err == unix.EPIPE {
			unix.Unlinkat(dir, name, 0)
		}
	})
}

// Clean removes the fifos that nobody listens to.
func Clean(dirfd int, path string) error {
	return each(dirfd, path, cleanPrefix, func(int, string, int) {})
}

// each calls f with every listener's fifo, open for writing.
func each(dirfd int, path, prefix string, f func(dir int, name string, fifo int)) error {
	dir, err := unix.Openat(dirfd, path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(dir)
	names, err := sys.ReadDirFd(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		if len(name) != nameSize || !strings.HasPrefix(name, prefix) {
			continue
		}
		fifo, err := unix.Openat(dir, name, unix.O_WRONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
		if err == unix.ENXIO {
			unix.Unlinkat(dir, name, 0)
		}
		if err == nil {
			f(dir, name, fifo)
			unix.Close(fifo)
		}
	}
	return nil
}

// Make creates the fifodir path, relative to dirfd: for everybody's listeners
// with gid -1, else for those of that group. An existing one is kept as it
// is, unless force asks for the mode and group again.
func Make(dirfd int, path string, gid int, force bool) error {
	mode := uint32(0o1733)
	if gid >= 0 {
		mode = 0o3730
	}
	old := unix.Umask(0)
	err := unix.Mkdirat(dirfd, path, 0o700)
	unix.Umask(old)
	if err == unix.EEXIST {
		var st unix.Stat_t
		if err := unix.Fstatat(dirfd, path, &st, 0); err != nil {
			return err
		}
		if int(st.Uid) != unix.Geteuid() {
			return unix.EACCES
		}
		if st.Mode&unix.S_IFMT != unix.S_IFDIR {
			return unix.ENOTDIR
		}
		if !force {
			return nil
		}
	} else if err != nil {
		return err
	}
	if gid >= 0 {
		if err := unix.Fchownat(dirfd, path, -1, gid, 0); err != nil {
			return err
		}
	}
	return unix.Fchmodat(dirfd, path, mode, 0)
}

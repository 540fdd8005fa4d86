// Package tree copies and removes directories with all that is in them. It
// never follows a symbolic link on its way.
package tree

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// An Error tells which file made the trouble.
type Error struct {
	Verb string // what could not be done to Path
	Path string
	Err  error
}

func (e *Error) Error() string { return "unable to " + e.Verb + " " + e.Path + ": " + e.Err.Error() }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// Remove removes path and, if it is a directory, everything in it. A path
// that does not exist is no error.
func Remove(path string) error { return remove(unix.AT_FDCWD, path, path) }

// remove removes name in the directory dir; path is for messages.
func remove(dir int, name, path string) error {
	err := unix.Unlinkat(dir, name, 0)
	if err == nil || err == unix.ENOENT || err == unix.EROFS && missing(dir, name) {
		return nil
	}
	if err != unix.EISDIR && err != unix.EPERM { // EPERM is POSIX's answer for a directory
		return &Error{"remove", path, err}
	}
	fd, err := openDir(dir, name)
	if err == unix.ENOTDIR {
		return &Error{"remove", path, unix.EPERM}
	}
	if err != nil {
		return &Error{"open", path, err}
	}
	defer unix.Close(fd)
	names, err := sys.ReadDirFd(fd)
	if err != nil {
		return &Error{"read", path, err}
	}
	for _, name := range names {
		if err := remove(fd, name, path+"/"+name); err != nil {
			return err
		}
	}
	if err := unix.Unlinkat(dir, name, unix.AT_REMOVEDIR); err != nil && err != unix.ENOENT {
		return &Error{"remove", path, err}
	}
	return nil
}

// missing reports whether name does not exist. On a read-only file system the
// kernel refuses to remove what is not there, too.
func missing(dir int, name string) bool {
	var st unix.Stat_t
	return unix.Fstatat(dir, name, &st, unix.AT_SYMLINK_NOFOLLOW) == unix.ENOENT
}

// Copy makes to, which must not exist, a copy of the file or directory from:
// contents, modes, links and fifos, and owners as far as this process may give
// files away. Sockets are left out.
func Copy(from, to string) error {
	return copyEntry(unix.AT_FDCWD, from, unix.AT_FDCWD, to, from)
}

// copyEntry copies name in the directory src to newName in dst; path is for
// messages.
func copyEntry(src int, name string, dst int, newName, path string) error {
	var st unix.Stat_t
	if err := unix.Fstatat(src, name, &st, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return &Error{"stat", path, err}
	}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFDIR:
		return copyDir(src, name, dst, newName, path, &st)
	case unix.S_IFREG:
		return copyFile(src, name, dst, newName, path, &st)
	case unix.S_IFLNK:
		return copyLink(src, name, dst, newName, path, &st)
	case unix.S_IFSOCK:
		return nil
	}
	if err := unix.Mknodat(dst, newName, st.Mode, int(st.Rdev)); err != nil {
		return &Error{"copy", path, err}
	}
	// The umask took bits away.
	if err := unix.Fchmodat(dst, newName, st.Mode&0o7777, 0); err != nil {
		return &Error{"copy", path, err}
	}
	own(dst, newName, &st)
	return nil
}

func copyDir(src int, name string, dst int, newName, path string, st *unix.Stat_t) error {
	in, err := openDir(src, name)
	if err != nil {
		return &Error{"open", path, err}
	}
	defer unix.Close(in)
	if err := unix.Mkdirat(dst, newName, 0o700); err != nil {
		return &Error{"copy", path, err}
	}
	out, err := openDir(dst, newName)
	if err != nil {
		return &Error{"copy", path, err}
	}
	defer unix.Close(out)
	names, err := sys.ReadDirFd(in)
	if err != nil {
		return &Error{"read", path, err}
	}
	for _, name := range names {
		if err := copyEntry(in, name, out, name, path+"/"+name); err != nil {
			return err
		}
	}
	own(dst, newName, st)
	if err := unix.Fchmod(out, st.Mode&0o7777); err != nil {
		return &Error{"copy", path, err}
	}
	return nil
}

func copyFile(src int, name string, dst int, newName, path string, st *unix.Stat_t) error {
	in, err := unix.Openat(src, name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return &Error{"open", path, err}
	}
	defer unix.Close(in)
	out, err := unix.Openat(dst, newName, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return &Error{"copy", path, err}
	}
	defer unix.Close(out)
	buf := make([]byte, min(max(st.Size, 1), 1<<16))
	for {
		n, err := unix.Read(in, buf)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return &Error{"read", path, err}
		}
		if n == 0 {
			break
		}
		if err := sys.WriteAll(out, buf[:n]); err != nil {
			return &Error{"copy", path, err}
		}
	}
	own(dst, newName, st)
	if err := unix.Fchmod(out, st.Mode&0o7777); err != nil {
		return &Error{"copy", path, err}
	}
	return nil
}

func copyLink(src int, name string, dst int, newName, path string, st *unix.Stat_t) error {
	target := make([]byte, unix.PathMax)
	n, err := unix.Readlinkat(src, name, target)
	if err == nil {
		err = unix.Symlinkat(string(target[:n]), dst, newName)
	}
	if err != nil {
		return &Error{"copy", path, err}
	}
	own(dst, newName, st)
	return nil
}

// own gives a copy the owner of the original if it has another one. Without
// the right to do so the copy stays ours. It comes before the mode, since a
// change of owner clears setuid.
func own(dir int, name string, st *unix.Stat_t) {
	var have unix.Stat_t
	if unix.Fstatat(dir, name, &have, unix.AT_SYMLINK_NOFOLLOW) == nil && (have.Uid != st.Uid || have.Gid != st.Gid) {
		unix.Fchownat(dir, name, int(st.Uid), int(st.Gid), unix.AT_SYMLINK_NOFOLLOW)
	}
}

func openDir(dir int, name string) (fd int, err error) {
	return unix.Openat(dir, name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
}

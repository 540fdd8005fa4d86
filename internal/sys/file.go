package sys

import "golang.org/x/sys/unix"

// ReadSmall returns at most max bytes of the regular file path, relative to
// dirfd. Whoever can write to the directory could have put a fifo or a
// terminal there: opening it does not wait, and reading it is refused with
// EINVAL.
func ReadSmall(dirfd int, path string, max int) ([]byte, error) {
	fd, err := unix.Openat(dirfd, path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return nil, err
	}
	if st.Mode&unix.S_IFMT != unix.S_IFREG {
		return nil, unix.EINVAL
	}
	b := make([]byte, max)
	have := 0
	for have < max {
		n, err := unix.Read(fd, b[have:])
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return nil, err
		}
		if n == 0 {
			break
		}
		have += n
	}
	return b[:have], nil
}

// ReplaceFile gives path, relative to dirfd, the content b, so that a reader
// sees the old content or the new: it is written to path.new, which then is
// renamed.
func ReplaceFile(dirfd int, path string, b []byte, mode uint32) error {
	temp := path + ".new"
	fd, err := unix.Openat(dirfd, temp, unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC|unix.O_NONBLOCK|unix.O_CLOEXEC, mode)
	if err != nil {
		return err
	}
	err = WriteAll(fd, b)
	if e := unix.Close(fd); err == nil {
		err = e
	}
	if err == nil {
		err = unix.Renameat(dirfd, temp, dirfd, path)
	}
	if err != nil {
		unix.Unlinkat(dirfd, temp, 0)
	}
	return err
}

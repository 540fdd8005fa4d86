package sys

import "golang.org/x/sys/unix"

// ReadDir returns the names in the directory path, relative to dirfd, in the
// order the file system has them, without "." and "..".
func ReadDir(dirfd int, path string) ([]string, error) {
	fd, err := unix.Openat(dirfd, path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd)
	return ReadDirFd(fd)
}

// ReadDirFd is [ReadDir] for an open directory, read from where it stands.
func ReadDirFd(fd int) (names []string, err error) {
	buf := make([]byte, 8192)
	for {
		n, err := unix.ReadDirent(fd, buf)
		if err == unix.EINTR {
			continue
		}
		if err != nil || n == 0 {
			return names, err
		}
		_, _, names = unix.ParseDirent(buf[:n], -1, names)
	}
}

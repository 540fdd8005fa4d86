package container

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// readFile returns the content of a file.
func readFile(path string) (string, error) {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOCTTY, 0)
	if err != nil {
		return "", err
	}
	defer unix.Close(fd)
	b, err := sys.ReadAll(fd)
	return string(b), err
}

// writeFile writes text to an existing file with one write, as the files of
// /proc want it.
func writeFile(path, text string) error {
	fd, err := unix.Open(path, unix.O_WRONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	return sys.WriteAll(fd, []byte(text))
}

func readlink(path string) (string, error) {
	b := make([]byte, unix.PathMax)
	n, err := unix.Readlink(path, b)
	if err != nil {
		return "", err
	}
	return string(b[:n]), nil
}

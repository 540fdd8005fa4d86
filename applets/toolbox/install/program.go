package install

import (
	"bytes"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/sys"
)

// install puts this program into the directory, unless it is there.
func (d *directory) install() error {
	path := d.path + "/" + program
	self, err := openSelf()
	if err != nil {
		return chain.Unable(err, "open", chain.Self)
	}
	defer unix.Close(self)
	var there unix.Stat_t
	err = unix.Fstatat(d.fd, program, &there, unix.AT_SYMLINK_NOFOLLOW)
	switch {
	case err == unix.ENOENT:
	case err != nil:
		return chain.Unable(err, "stat", path)
	case there.Mode&unix.S_IFMT == unix.S_IFREG:
		if there.Mode&0o777 == 0o755 && d.holds(self) {
			return nil
		}
	case !d.mayReplace(program):
		// Links to who knows what are worse than none.
		return chain.Exit(1)
	}
	if err := d.replace(program, func(temporary string) error { return d.copy(self, temporary) }); err != nil {
		return chain.Unable(err, "install", path)
	}
	if err := unix.Fsync(d.fd); err != nil {
		return chain.Unable(err, "sync", d.path)
	}
	return nil
}

func openSelf() (fd int, err error) {
	fd, err = unix.Open(chain.Self, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil { // no /proc
		fd, err = unix.Open(sys.Execfn(), unix.O_RDONLY|unix.O_CLOEXEC, 0)
	}
	return fd, err
}

// holds reports whether the program that is there is the file self.
func (d *directory) holds(self int) bool {
	fd, err := unix.Openat(d.fd, program, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	a, b := make([]byte, blockSize), make([]byte, blockSize)
	for offset := int64(0); ; offset += blockSize {
		n, err1 := readAt(self, a, offset)
		m, err2 := readAt(fd, b, offset)
		if err1 != nil || err2 != nil || !bytes.Equal(a[:n], b[:m]) {
			return false
		}
		if n < blockSize {
			return true
		}
	}
}

// copy writes self to a new file. It is on the disk before it can get its
// name: after a crash there must not be half a program under it.
func (d *directory) copy(self int, name string) (err error) {
	fd, err := unix.Openat(d.fd, name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		unix.Close(fd)
		if err != nil {
			unix.Unlinkat(d.fd, name, 0)
		}
	}()
	b := make([]byte, blockSize)
	for offset := int64(0); ; offset += blockSize {
		n, err := readAt(self, b, offset)
		if err == nil {
			err = sys.WriteAll(fd, b[:n])
		}
		if err != nil {
			return err
		}
		if n < blockSize {
			break
		}
	}
	if err := unix.Fchmod(fd, 0o755); err != nil {
		return err
	}
	return unix.Fsync(fd)
}

const blockSize = 64 << 10

// readAt fills b, but for the end of the file.
func readAt(fd int, b []byte, offset int64) (n int, err error) {
	for n < len(b) {
		m, err := unix.Pread(fd, b[n:], offset+int64(n))
		if err == unix.EINTR {
			continue
		}
		if err != nil || m <= 0 {
			return n, err
		}
		n += m
	}
	return n, nil
}

package container

import "golang.org/x/sys/unix"

// loopbackUp brings up lo, which is down in a new network namespace.
func loopbackUp() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return unable(err, "make a socket")
	}
	defer unix.Close(fd)
	ifreq, err := unix.NewIfreq("lo")
	if err == nil {
		ifreq.SetUint16(unix.IFF_UP)
		err = unix.IoctlIfreq(fd, unix.SIOCSIFFLAGS, ifreq)
	}
	if err != nil {
		return unable(err, "bring up", "lo")
	}
	return nil
}

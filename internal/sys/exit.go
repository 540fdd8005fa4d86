package sys

import "golang.org/x/sys/unix"

// Exit ends the process with code modulo 256.
func Exit(code int) {
	unix.Exit(code & 0xff)
}

// WriteAll writes b to fd, over short writes and interruptions.
func WriteAll(fd int, b []byte) error {
	for len(b) > 0 {
		n, err := unix.Write(fd, b)
		if err == unix.EINTR {
			continue
		}
		if err != nil {
			return err
		}
		b = b[n:]
	}
	return nil
}

// Wait waits for the child pid and returns its wait status.
func Wait(pid int) (unix.WaitStatus, error) {
	var ws unix.WaitStatus
	for {
		_, err := unix.Wait4(pid, &ws, 0, nil)
		if err != unix.EINTR {
			return ws, err
		}
	}
}

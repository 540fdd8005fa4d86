// Package softlimit computes resource limits as s6-softlimit's options say.
package softlimit

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
)

// Which of a resource's two limits a change is for.
type Which uint8

// The soft limit is what the kernel enforces, the hard one how far it may be
// raised.
const (
	Soft Which = 1 << iota
	Hard
	Both = Soft | Hard
)

// Options are the letters of the resources, for getopt.
const Options = "a:c:d:f:l:m:o:P:p:r:s:t:"

// Resources returns what the option limits, in the order to set them, or
// nothing if no resource has that letter.
func Resources(option byte) []int {
	switch option {
	case 'a':
		return []int{unix.RLIMIT_AS}
	case 'c':
		return []int{unix.RLIMIT_CORE}
	case 'd':
		return []int{unix.RLIMIT_DATA}
	case 'f':
		return []int{unix.RLIMIT_FSIZE}
	case 'l':
		return []int{unix.RLIMIT_MEMLOCK}
	case 'm':
		return []int{unix.RLIMIT_DATA, unix.RLIMIT_STACK, unix.RLIMIT_MEMLOCK, unix.RLIMIT_AS}
	case 'o':
		return []int{unix.RLIMIT_NOFILE}
	case 'P':
		return []int{unix.RLIMIT_RTPRIO}
	case 'p':
		return []int{unix.RLIMIT_NPROC}
	case 'r':
		return []int{unix.RLIMIT_RSS}
	case 's':
		return []int{unix.RLIMIT_STACK}
	case 't':
		return []int{unix.RLIMIT_CPU}
	}
	return nil
}

// Name returns what getrlimit(2) calls a resource.
func Name(resource int) string { return names[resource] }

var names = [...]string{
	unix.RLIMIT_AS:      "RLIMIT_AS",
	unix.RLIMIT_CORE:    "RLIMIT_CORE",
	unix.RLIMIT_CPU:     "RLIMIT_CPU",
	unix.RLIMIT_DATA:    "RLIMIT_DATA",
	unix.RLIMIT_FSIZE:   "RLIMIT_FSIZE",
	unix.RLIMIT_MEMLOCK: "RLIMIT_MEMLOCK",
	unix.RLIMIT_NOFILE:  "RLIMIT_NOFILE",
	unix.RLIMIT_NPROC:   "RLIMIT_NPROC",
	unix.RLIMIT_RSS:     "RLIMIT_RSS",
	unix.RLIMIT_RTPRIO:  "RLIMIT_RTPRIO",
	unix.RLIMIT_STACK:   "RLIMIT_STACK",
}

// Change returns lim with the limits of which set to value: a number in the
// resource's unit, or "=", which is the hard limit for the soft one and no
// limit at all for the hard one. The soft limit is never left above the hard
// one: a value for it is cut, and a lower hard limit takes it down (so says
// the manual page; the original's system call fails there).
//
// It reports false for what is neither "=" nor a number.
func Change(lim unix.Rlimit, which Which, value string) (unix.Rlimit, bool) {
	n, ok := uint64(unix.RLIM_INFINITY), true
	if value != "=" {
		n, ok = getopt.Uint(value)
	}
	if which&Hard != 0 {
		lim.Max = n
	}
	if which&Soft != 0 {
		lim.Cur = n
	}
	lim.Cur = min(lim.Cur, lim.Max)
	return lim, ok
}

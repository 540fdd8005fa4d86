//go:build !toolbox_linkname

package sys

import (
	"runtime"

	"golang.org/x/sys/unix"
)

func init() { runtime.LockOSThread() }

// InheritsDispositions tells whether this build knows what the process
// inherited; a plain `go install` does not: signals that were ignored, other
// than SIGHUP and SIGINT, get their default action back.
const InheritsDispositions = false

// The runtime leaves an ignored SIGHUP or SIGINT alone, so these two can be
// asked for; every other one already has the runtime's handler.
func inheritedDisposition(sig int) uintptr {
	if sig == int(unix.SIGHUP) || sig == int(unix.SIGINT) {
		if h := getHandler(sig); h == sigIgn {
			return sigIgn
		}
	}
	return sigDfl
}

func inheritedMask() uint64 { return 0 }

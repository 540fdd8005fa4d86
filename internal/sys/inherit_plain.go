//go:build !toolbox_linkname

package sys

import "runtime"

func init() { runtime.LockOSThread() }

// InheritsDispositions tells whether this build knows what the process
// inherited; a plain `go install` does not: signals that were ignored get their
// default action back, but for the few that the runtime leaves alone.
const InheritsDispositions = false

// The runtime does not touch SIGHUP and SIGINT when they are ignored, nor the
// job control signals; every other one already has the runtime's handler.
func dispositionAtStart(sig int) uintptr {
	if h := getHandler(sig); h == sigIgn {
		return sigIgn
	}
	return sigDfl
}

func inheritedMask() uint64 { return 0 }

// RestoreLimits would give the soft limit of open files back that the process
// inherited; a plain build does not know it.
func RestoreLimits() {}

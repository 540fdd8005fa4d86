//go:build toolbox_linkname

package sys

import (
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

// These need -ldflags=-checklinkname=0, which `make build` passes together
// with the build tag.

//go:linkname fwdSig runtime.fwdSig
var fwdSig [65]uintptr

//go:linkname initSigmask runtime.initSigmask
var initSigmask uint64

// Package syscall raises the soft limit of open files at its start and keeps
// here what it was, to give it back in its own ways to execute a program.
//
//go:linkname origRlimitNofile syscall.origRlimitNofile
var origRlimitNofile atomic.Pointer[unix.Rlimit]

// RestoreLimits gives this process the soft limit of open files back that it
// inherited.
func RestoreLimits() {
	if lim := origRlimitNofile.Load(); lim != nil {
		unix.RawSyscall6(unix.SYS_PRLIMIT64, 0, unix.RLIMIT_NOFILE, uintptr(unsafe.Pointer(lim)), 0, 0, 0)
	}
}

//go:linkname runtimeLockOSThread runtime.lockOSThread
func runtimeLockOSThread()

func init() {
	// Unlike LockOSThread this starts no template thread (60 to 170 µs).
	runtimeLockOSThread()
}

// dispositionAtStart returns the disposition (0 default, 1 ignored) that sig
// had when this process started.
func dispositionAtStart(sig int) uintptr {
	if leftAlone.Has(unix.Signal(sig)) {
		return getHandler(sig)
	}
	return fwdSig[sig]
}

func inheritedMask() uint64 { return *(*uint64)(unsafe.Pointer(&initSigmask)) }

// InheritsDispositions tells whether this build knows what the process
// inherited; a plain `go install` does not.
const InheritsDispositions = true

//go:build toolbox_linkname

package sys

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// These need -ldflags=-checklinkname=0, which `make build` passes together
// with the build tag.

//go:linkname fwdSig runtime.fwdSig
var fwdSig [65]uintptr

//go:linkname initSigmask runtime.initSigmask
var initSigmask uint64

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

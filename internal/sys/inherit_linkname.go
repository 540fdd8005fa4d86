//go:build toolbox_linkname

package sys

import (
	"unsafe"
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

// inherited reports the disposition (0 default, 1 ignored) of sig at the
// start of this process, and the signal mask then.
func inheritedDisposition(sig int) uintptr { return fwdSig[sig] }

func inheritedMask() uint64 { return *(*uint64)(unsafe.Pointer(&initSigmask)) }

// InheritsDispositions tells whether this build knows what the process
// inherited; a plain `go install` does not.
const InheritsDispositions = true

package sys

import (
	"sync/atomic"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	sigDfl uintptr = 0
	sigIgn uintptr = 1

	numSignals = 64

	saSiginfo  = 0x4
	saOnstack  = 0x08000000
	saRestart  = 0x10000000
	saRestorer = 0x04000000
)

// Set is a set of signals: bit n-1 stands for signal n, as in the kernel.
type Set uint64

// Add returns s with sigs in it.
func (s Set) Add(sigs ...unix.Signal) Set {
	for _, sig := range sigs {
		s |= 1 << (sig - 1)
	}
	return s
}

// Has reports whether sig is in s.
func (s Set) Has(sig unix.Signal) bool { return s&(1<<(sig-1)) != 0 }

// runtimeSignals keep the runtime's handlers for as long as Go code runs:
// faults must become panics, and URG is how the runtime preempts. 32 and 33
// belong to threading libraries, which never leave them to programs.
var runtimeSignals = Set(0).Add(unix.SIGSEGV, unix.SIGBUS, unix.SIGFPE, unix.SIGURG, 32, 33)

// handled holds the signals with a handler in this process, which a child
// must not run: it shares our memory until it calls execve.
var handled = ^Set(0)

// sigaction is the kernel's struct sigaction on amd64 and arm64.
type sigaction struct {
	handler  uintptr
	flags    uint64
	restorer uintptr
	mask     uint64
}

func rtSigaction(sig int, act, old *sigaction) unix.Errno {
	_, _, e := unix.RawSyscall6(unix.SYS_RT_SIGACTION, uintptr(sig),
		uintptr(unsafe.Pointer(act)), uintptr(unsafe.Pointer(old)), 8, 0, 0)
	return e
}

func getHandler(sig int) uintptr {
	var old sigaction
	rtSigaction(sig, nil, &old)
	return old.handler
}

// RestoreSignals gives every signal but the runtime's own the disposition
// this process inherited, so that it dies, ignores and passes on as a C
// program would. The mask stays the runtime's until a program is executed.
//
// SIGCHLD is not ignored even if it was inherited so: nobody could wait for a
// child then. The programs to come inherit it all the same.
func RestoreSignals() {
	handled = runtimeSignals
	for sig := unix.Signal(1); sig <= numSignals; sig++ {
		h := dispositionAtStart(int(sig))
		if h == sigIgn {
			ignoredAtStart = ignoredAtStart.Add(sig)
		}
		switch {
		case runtimeSignals.Has(sig) || leftAlone.Has(sig) || sig == unix.SIGKILL || sig == unix.SIGSTOP:
			continue
		case sig == unix.SIGCHLD && h == sigIgn:
			handled = handled.Add(sig)
			h = sigDfl
		}
		rtSigaction(int(sig), &sigaction{handler: h}, nil)
	}
}

// leftAlone are the signals whose disposition the runtime neither changes at
// start nor remembers (_SigDefault in its table).
var leftAlone = Set(0).Add(unix.SIGCONT, unix.SIGTSTP, unix.SIGTTIN, unix.SIGTTOU)

// ignoredAtStart is filled by RestoreSignals.
var ignoredAtStart Set

// inheritedDisposition is what a signal does in a program that inherits it
// from whoever started this process.
func inheritedDisposition(sig unix.Signal) uintptr {
	if ignoredAtStart.Has(sig) {
		return sigIgn
	}
	return sigDfl
}

// InheritedIgnored reports whether sig was ignored when this process started.
func InheritedIgnored(sig unix.Signal) bool { return ignoredAtStart.Has(sig) }

// Ignore makes this process and the programs it executes ignore sig.
func Ignore(sig unix.Signal) { setDisposition(sig, sigIgn) }

// Default gives sig its default action.
func Default(sig unix.Signal) { setDisposition(sig, sigDfl) }

// Ignored reports whether this process ignores sig now.
func Ignored(sig unix.Signal) bool { return getHandler(int(sig)) == sigIgn }

func setDisposition(sig unix.Signal, h uintptr) {
	if runtimeSignals.Has(sig) {
		// Kept in mind for the programs we execute; see [Program.signals].
		deferred[sig] = h + 1
		return
	}
	rtSigaction(int(sig), &sigaction{handler: h}, nil)
	handled &^= Set(0).Add(sig)
}

// deferred holds 1 + the disposition that one of the runtime's own signals
// gets at execve; 0 means the inherited one.
var deferred [numSignals + 1]uintptr

// caught collects the signals that arrived, as a [Set]; wake is the eventfd
// that becomes readable then. The handler (in assembly, no Go code runs in
// it) touches only these two.
var (
	caught atomic.Uint64
	wake   int32
)

func handlerPC() uintptr
func restorerPC() uintptr

// Catch makes sigs set a flag instead of acting, and returns a descriptor that
// polls readable when one did; [Caught] tells which. It replaces os/signal:
// no goroutine, no thread, and no signal is lost however many arrive.
func Catch(sigs Set) (fd int, err error) {
	if wake == 0 {
		fd, err := unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK)
		if err != nil {
			return -1, err
		}
		if fd < 3 { // never one of the standard descriptors, even when those are closed
			high, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, 3)
			unix.Close(fd)
			if err != nil {
				return -1, err
			}
			fd = high
		}
		wake = int32(fd)
	}
	for sig := unix.Signal(1); sig <= numSignals; sig++ {
		if sigs.Has(sig) {
			// SA_RESTART as in C's daemons; epoll_wait returns EINTR all the same.
			act := sigaction{handler: handlerPC(), flags: saOnstack | saRestart | restorerFlag, restorer: restorerPC()}
			if e := rtSigaction(int(sig), &act, nil); e != 0 {
				return -1, e
			}
			handled = handled.Add(sig)
		}
	}
	return int(wake), nil
}

// Caught returns the signals caught since the last call and rearms the
// descriptor of [Catch].
func Caught() Set {
	if wake == 0 {
		return 0
	}
	var b [8]byte
	unix.Read(int(wake), b[:])
	return Set(caught.Swap(0))
}

// handlers is the state of the signals that a program's last steps change.
type handlers struct {
	mask    uint64
	actions [numSignals + 1]sigaction
}

func saveHandlers() *handlers {
	h := new(handlers)
	unix.RawSyscall6(unix.SYS_RT_SIGPROCMASK, unix.SIG_BLOCK, 0, uintptr(unsafe.Pointer(&h.mask)), 8, 0, 0)
	for sig := unix.Signal(1); sig <= numSignals; sig++ {
		if handled.Has(sig) {
			rtSigaction(int(sig), nil, &h.actions[sig])
		}
	}
	return h
}

func (h *handlers) restore() {
	for sig := unix.Signal(1); sig <= numSignals; sig++ {
		if handled.Has(sig) {
			rtSigaction(int(sig), &h.actions[sig], nil)
		}
	}
	unix.RawSyscall6(unix.SYS_RT_SIGPROCMASK, unix.SIG_SETMASK, uintptr(unsafe.Pointer(&h.mask)), 0, 8, 0, 0)
}

// Unblock removes sigs from this thread's mask: a process may inherit a mask
// that blocks what it must handle.
func Unblock(sigs Set) {
	unix.RawSyscall6(unix.SYS_RT_SIGPROCMASK, unix.SIG_UNBLOCK, uintptr(unsafe.Pointer(&sigs)), 0, 8, 0, 0)
}

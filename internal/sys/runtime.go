package sys

import (
	_ "unsafe" // for go:linkname
)

// The runtime offers these four to package syscall and os by a push linkname,
// so any package may pull them.

//go:linkname runtimeArgs os.runtime_args
func runtimeArgs() []string

//go:linkname runtimeBeforeFork syscall.runtime_BeforeFork
func runtimeBeforeFork()

//go:linkname runtimeAfterFork syscall.runtime_AfterFork
func runtimeAfterFork()

//go:linkname runtimeBeforeExec syscall.runtime_BeforeExec
func runtimeBeforeExec()

//go:linkname runtimeAfterExec syscall.runtime_AfterExec
func runtimeAfterExec()

//go:linkname runtimeSetMemoryLimit runtime/debug.setMemoryLimit
func runtimeSetMemoryLimit(bytes int64) int64

// SetMemoryLimit makes the garbage collector work harder near a total of bytes
// instead of letting the process grow. (Package runtime/debug would link os
// and fmt.)
func SetMemoryLimit(bytes int64) { runtimeSetMemoryLimit(bytes) }

// Args returns this process's arguments. Package os is not linked: its
// initialisation costs a tenth of the start-up of an empty program, and it
// raises the soft limit of open files.
func Args() []string { return runtimeArgs() }

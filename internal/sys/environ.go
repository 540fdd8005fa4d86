package sys

import (
	"unsafe"
)

//go:linkname runtimeEnvs syscall.runtime_envs
func runtimeEnvs() []string

// Environ returns the environment this process was started with, in memory of
// its own. (Package syscall would first make a map of it, at a cost.)
func Environ() []string { return runtimeEnvs() }

// Scrub zeroes in the memory that /proc/PID/environ shows every entry of the
// initial environment for which keep is false: an execve of a C program would
// have dropped it, and it may be a secret.
func Scrub(keep func(entry string) bool) {
	args := runtimeArgs()
	if len(args) == 0 {
		return
	}
	// execve(2) puts the environment right behind the last argument, and the
	// runtime's strings are the arguments themselves.
	last := args[len(args)-1]
	at := unsafe.Add(unsafe.Pointer(unsafe.StringData(last)), len(last)+1)
	for _, entry := range runtimeEnvs() {
		if !keep(entry) {
			clear(unsafe.Slice((*byte)(at), len(entry)))
		}
		at = unsafe.Add(at, len(entry)+1)
	}
}

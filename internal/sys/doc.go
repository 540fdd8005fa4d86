// Package sys is the floor of the house: what the Go runtime hides from a
// program that must behave as a small C program does.
//
// It restores the signal dispositions and the signal mask this process
// inherited (runtime.go), starts child programs and replaces this one without
// running any Go code between clone or decision and execve (program.go),
// and turns signals into something an event loop can poll (signal.go).
//
// Raw system calls live only here; everything that package unix offers is
// called through package unix.
package sys

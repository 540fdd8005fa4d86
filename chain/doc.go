// Package chain is the engine under every applet.
//
// An applet is a function that changes something about the process (see
// [Proc]) and returns the rest of its command line, which the engine enters
// next: another applet of ours in this same process, anything else by execve.
// A whole command line of chain-loading programs thus costs one execve of us
// and one of the program at its end.
//
// A block, the command line that `if`, `foreground` or `forx` must wait for,
// runs in this process too where everything it changes can be rolled back
// (journal.go), and in a child where not.
package chain

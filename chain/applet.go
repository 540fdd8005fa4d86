package chain

import "strings"

// An Applet is a row of the table of commands.
type Applet struct {
	Name string // as typed

	// Run changes p and returns the rest of the command line, or nil when the
	// chain ends here; then err says how: nil is exit code 0.
	//
	// It keeps no state in the package, leaves no goroutine, timer or stray
	// descriptor behind, never exits and prints no diagnostics itself.
	Run func(p *Proc, args []string) (next []string, err error)

	// Usage is the synopsis. Its first word is the name in diagnostics, so
	// an alias reports as the program it is, like the original; of a Command
	// the first two, "toolbox NAME".
	Usage string

	// Help is the page of `toolbox help`; its first line says in a few words
	// what the applet does.
	Help string

	Kind Kind
}

// program is the name that diagnostics start with.
func (a *Applet) program() string {
	name, rest, _ := strings.Cut(a.Usage, " ")
	if a.Kind == Command {
		command, _, _ := strings.Cut(rest, " ")
		name += " " + command
	}
	return name
}

// Kind says where an applet may run.
type Kind uint8

const (
	// Loader changes only what a block can roll back: it may run in a block
	// that runs in this process.
	Loader Kind = iota

	// Process changes what cannot be undone, or needs a process that can be
	// told apart from its parent's: in a block it runs in a child.
	Process

	// Resident stays: it is entered by execve of ourselves, so that it has a
	// command line of its own and nothing of the chain before it in memory.
	Resident

	// Command is reachable only as `toolbox NAME`: never linked, and never
	// found by chain-loading, so that it shadows nobody's program.
	Command
)

// Lookup finds an applet by the name typed.
type Lookup func(name string) (*Applet, bool)

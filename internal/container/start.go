package container

import (
	"strconv"
	"unsafe"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// A Child is a process in new namespaces that waits for [Child.Go].
type Child struct {
	Pid int
	// Whole is false when user ids could not be mapped but for one: then no
	// program inside can become another user.
	Whole bool

	users bool // it has a user namespace
	gate  int  // our end of the pipe that it waits on
}

// The bytes that go through the gate.
const (
	gateGo   = 'g'
	gateExec = 'x' // execute again, to have the capabilities of user 0
)

// Start clones a child into new namespaces. It executes this program again
// with the arguments argv and one more, the number of a descriptor for
// [Config.Enter]. Root needs nothing else; other users get a user namespace.
func Start(c *Config, argv []string) (*Child, error) {
	var gate [2]int
	if err := unix.Pipe2(gate[:], unix.O_CLOEXEC); err != nil {
		return nil, unable(err, "make a pipe")
	}
	defer unix.Close(gate[0])
	null, err := unix.Open("/dev/null", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, unable(err, "open", "/dev/null")
	}
	defer unix.Close(null)

	prog := new(sys.Program)
	prog.Call(sys.StageDescriptors, unix.SYS_FCNTL, uintptr(gate[0]), unix.F_SETFD, 0)
	if c.Terminal() {
		// A process group of its own in front of the terminal: what is typed
		// reaches the container once, and not us.
		prog.Call(sys.StageSession, unix.SYS_SETPGID, 0, 0)
		self := new(int32)
		*self = 1 // as the child is numbered in its own namespace
		prog.Call(sys.StageSession, unix.SYS_IOCTL, 0, unix.TIOCSPGRP, prog.Pointer(unsafe.Pointer(self)))
	} else {
		prog.Setsid()
	}
	if !c.Interactive {
		prog.Dup2(null, 0)
	}
	argv = append(argv, strconv.Itoa(gate[0]))
	prog.Execve([]string{"/proc/self/exe"}, argv, nil)

	flags := uintptr(unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC)
	if c.Network {
		flags |= unix.CLONE_NEWNET
	}
	child := &Child{gate: gate[1], Whole: true}
	if unix.Geteuid() == 0 {
		child.Pid, err = prog.Spawn(flags, nil)
	}
	if unix.Geteuid() != 0 || err == unix.EPERM {
		child.users = true
		child.Pid, err = prog.Spawn(flags|unix.CLONE_NEWUSER, nil)
	}
	if err != nil {
		unix.Close(gate[1])
		return nil, &Error{What: "create namespaces", Err: reason(err), Cure: cure(reason(err))}
	}
	if child.users {
		if child.Whole, err = mapIDs(child.Pid); err != nil {
			child.Kill()
			return nil, err
		}
	}
	return child, nil
}

// reason strips what sys says about the stage.
func reason(err error) error {
	if f, ok := err.(*sys.Failure); ok && f.Stage == sys.StageNamespace {
		return f.Errno
	}
	return err
}

// Go lets the child become the container.
func (c *Child) Go() error {
	b := []byte{gateGo}
	if c.users {
		b[0] = gateExec
	}
	if err := sys.WriteAll(c.gate, b); err != nil {
		return unable(err, "write to the child")
	}
	return nil
}

// Kill ends the child and every process in its namespace, and waits for it.
func (c *Child) Kill() {
	unix.Kill(c.Pid, unix.SIGKILL)
	sys.Wait(c.Pid)
	unix.Close(c.gate)
}

// Terminal reports whether a terminal is passed on.
func (c *Config) Terminal() bool {
	if !c.Interactive {
		return false
	}
	_, err := unix.IoctlGetTermios(0, unix.TCGETS)
	return err == nil
}

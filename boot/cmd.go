package boot

import (
	"strconv"

	"golang.org/x/sys/unix"

	"toolbox/boot/contenv"
	"toolbox/chain"
	"toolbox/internal/sys"
	"toolbox/internal/words"
)

// command returns the command line to run: S6_CMD_ARG0 and the arguments.
func command(arg0 string, args []string) ([]string, error) {
	first, err := words.Split(arg0)
	return append(first, args...), err
}

// startCMD runs the command, if there is one. Its end is the container's.
func (i *Init) startCMD() {
	if len(i.cmd) == 0 {
		return
	}
	e := i.container.Snapshot()
	if !i.vars.is(keepEnv) {
		// Scripts may have changed what is there.
		if err := contenv.Load(&e); err != nil {
			i.warn(err.Error())
		}
	}
	pid, err := i.spawn(i.cmd, e, chain.Child{Fds: []chain.FdCopy{{From: i.stdin, To: 0}}, Job: true})
	if err != nil {
		i.warn("unable to execute", i.cmd[0]+":", reason(err).Error())
		i.cmdEnded(chain.SpawnCode(err))
		return
	}
	i.cmdPid = pid
	i.loop.Child(pid, func(ws unix.WaitStatus) {
		i.cmdPid = 0
		i.takeTerminal()
		i.cmdEnded(statusCode(ws))
	})
}

// cmdEnded stops the container with the command's exit code, unless it is the
// stop that ended the command.
func (i *Init) cmdEnded(code int) {
	i.say("[cmd] " + i.cmd[0] + " exited " + strconv.Itoa(code))
	if i.stopping() {
		i.stop.check()
		return
	}
	i.result.set(code)
	i.beginStop()
}

// takeTerminal puts init in front of the terminal again, after the command.
func (i *Init) takeTerminal() {
	if _, err := unix.IoctlGetInt(i.stdin, unix.TIOCGPGRP); err != nil {
		return // not our terminal
	}
	sys.Ignore(unix.SIGTTOU)
	unix.IoctlSetPointerInt(i.stdin, unix.TIOCSPGRP, unix.Getpgrp())
	sys.Default(unix.SIGTTOU)
}

// isTerminal reports whether fd is a terminal.
func isTerminal(fd int) bool {
	_, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	return err == nil
}

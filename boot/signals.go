package boot

import (
	"golang.org/x/sys/unix"
)

// handleSignals says what each signal means to init. All those that would end
// it are among them.
func (i *Init) handleSignals() error {
	for _, sig := range [...]unix.Signal{
		unix.SIGTERM, unix.SIGINT, unix.SIGQUIT, unix.SIGPWR, unix.SIGUSR1, unix.SIGUSR2, unix.SIGWINCH,
	} {
		if err := i.loop.Signal(sig, func() { i.signalled(sig) }); err != nil {
			return err
		}
	}
	for sig, f := range map[unix.Signal]func(){
		unix.SIGHUP:  func() { i.scanner.Hangup() },
		unix.SIGABRT: func() { i.beginStop(); i.stop.hurry() },
		unix.SIGALRM: func() { i.scanner.Rescan() },
		unix.SIGPIPE: func() {}, // a lost standard output is no reason to end
	} {
		if err := i.loop.Signal(sig, f); err != nil {
			return err
		}
	}
	return nil
}

// signalled passes a signal on to the command if it is to have it; else it
// asks for an orderly stop.
func (i *Init) signalled(sig unix.Signal) {
	switch {
	case i.vars.is(cmdReceiveSignals) && i.cmdPid != 0 && !i.stopping():
		unix.Kill(i.cmdPid, sig)
	case sig == unix.SIGWINCH:
	default:
		i.beginStop()
	}
}

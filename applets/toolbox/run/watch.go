package run

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/loop"
	"toolbox/internal/sys"
)

// forwarded are the signals that mean the container: all that can be sent to
// ask something of a program.
var forwarded = [...]unix.Signal{
	unix.SIGHUP, unix.SIGINT, unix.SIGQUIT, unix.SIGABRT, unix.SIGALRM, unix.SIGTERM,
	unix.SIGUSR1, unix.SIGUSR2, unix.SIGPWR, unix.SIGWINCH,
}

// A watch waits for the container and passes signals on to it.
type watch struct {
	loop *loop.Loop
	pid  int
	ws   unix.WaitStatus
}

// newWatch starts to collect signals: none that comes while the container is
// being made is lost, or ends us and leaves it behind.
func newWatch() (*watch, error) {
	l, err := loop.New()
	if err != nil {
		return nil, err
	}
	w := &watch{loop: l}
	for _, sig := range forwarded {
		if sys.InheritedIgnored(sig) {
			continue // as nohup wants it
		}
		if err := l.Signal(sig, func() { w.forward(sig) }); err != nil {
			return nil, err
		}
	}
	return w, nil
}

func (w *watch) forward(sig unix.Signal) { unix.Kill(w.pid, sig) }

// wait returns how the container with the process pid ended.
func (w *watch) wait(pid int) (unix.WaitStatus, error) {
	w.pid = pid
	w.loop.Child(pid, func(ws unix.WaitStatus) {
		w.ws = ws
		w.loop.Stop()
	})
	err := w.loop.Run()
	return w.ws, err
}

func ignoreTTOU() { sys.Ignore(unix.SIGTTOU) }

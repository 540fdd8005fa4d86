package supervise

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/loop"
	"toolbox/internal/sys"
)

// Alone supervises the service directory that is the working directory until
// its supervisor leaves. name is what it was called.
func Alone(l *loop.Loop, name string, environ []string, limits func(*sys.Program), say func(text string)) error {
	sys.Ignore(unix.SIGPIPE)
	h := &host{loop: l, spawner: newSpawner(), environ: environ, limits: limits, say: say, alone: true}
	s := newService(h, name)
	for sig, ask := range map[unix.Signal]event{
		unix.SIGTERM: asksTerm, unix.SIGHUP: asksHangup, unix.SIGQUIT: asksQuit, unix.SIGINT: asksInterrupt,
	} {
		if err := l.Signal(sig, func() { s.guard(func() { s.handle(ask) }) }); err != nil {
			return err
		}
	}
	dir, err := unix.Open(".", unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return &stepError{"open", name, err}
	}
	if err := s.open(dir, l.Stop); err != nil {
		return err
	}
	return l.Run()
}

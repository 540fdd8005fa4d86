// Package s6svscan implements s6-svscan: supervise every service directory in
// a scan directory. The work is done by [supervise].
// Reference: https://skarnet.org/software/s6/s6-svscan.html
package s6svscan

import (
	"time"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/getopt"
	"toolbox/internal/loop"
	"toolbox/internal/signals"
	"toolbox/internal/sys"
	"toolbox/supervise"
)

// Usage is the synopsis.
const Usage = "s6-svscan [ -C services_max ] [ -L name_max ] [ -t timeout ] [ -d notif ] [ -X consoleholder ] [ scandir ]"

// Help is the manual page.
const Help = `supervise all services of a scan directory

Keeps the service in every directory of scandir running, and the logger in
its subdirectory log, joined to it by a pipe. Names that start with a dot are
left alone. All services are supervised by this one process; s6-svc and
s6-svscanctl control it. scandir is the working directory by default.

  -C services_max    services at most, loggers included (1000)
  -L name_max        bytes of a service's name at most (251)
  -t timeout         look for changes every timeout milliseconds (0: only when
                     told by s6-svscanctl -a)
  -d notif           write a newline to descriptor notif when ready
  -X consoleholder   descriptor that becomes the standard error of the service
                     s6-svscan-log, and ours again at the end

Executable files in scandir/.s6-svscan are run instead of what a signal does
(SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGPWR, SIGWINCH), at the
end (finish), and when nothing else can be done (crash).`

var long = []getopt.Long{
	{Name: "services-max", Flag: 'C'},
	{Name: "name-max", Flag: 'L'},
	{Name: "timeout", Flag: 't'},
	{Name: "notification-fd", Flag: 'd'},
	{Name: "console-holder", Flag: 'X'},
}

// scanner is a run of the applet.
type scanner struct {
	p       *chain.Proc
	loop    *loop.Loop
	scan    *supervise.Scanner
	console int
}

// Run supervises until it is told to stop, then becomes .s6-svscan/finish.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	s := &scanner{p: p, console: -1}
	c := supervise.Config{Console: -1, Environ: p.Env.Strings(), Limits: p.AddLimits}
	c.Say = func(text string) { sys.WriteAll(2, []byte(text+"\n")) }
	notify := -1
	opts := getopt.NewLong("C:L:t:d:X:c:", long, args)
	for opts.Next() {
		switch opts.Flag {
		case 'C':
			c.Max = clamp(opts.Uint(1<<32-1), supervise.MinMax, supervise.MaxMax)
		case 'c': // before s6 2.15: half as many services, each with a logger
			c.Max = clamp(2*opts.Uint(1<<31-1), supervise.MinMax, supervise.MaxMax)
		case 'L':
			c.NameMax = clamp(opts.Uint(1<<32-1), supervise.MinNameMax, supervise.MaxNameMax)
		case 't':
			c.Interval = time.Duration(opts.Uint(1<<32-1)) * time.Millisecond
		case 'd':
			notify = int(opts.Uint(1<<31 - 1))
			if err := inherited(notify, "notification fd"); err != nil {
				return nil, err
			}
		case 'X':
			s.console = int(opts.Uint(1<<31 - 1))
			if err := inherited(s.console, "console holder"); err != nil {
				return nil, err
			}
			unix.CloseOnExec(s.console)
			c.Console = s.console
		}
	}
	args, ok := opts.Operands()
	if !ok {
		return nil, chain.ErrUsage
	}
	if len(args) > 0 {
		if err := p.Chdir(args[0]); err != nil {
			return nil, chain.Unable(err, "chdir to", args[0])
		}
	}
	if s.loop, err = loop.New(); err != nil {
		return nil, chain.Unable(err, "make an event loop")
	}
	if s.scan, err = supervise.New(s.loop, c); err != nil {
		return nil, failure(err)
	}
	if err := s.handleSignals(); err != nil {
		return nil, chain.Unable(err, "handle signals")
	}
	if notify >= 0 {
		unix.Write(notify, []byte("\n"))
		unix.Close(notify)
	}
	s.scan.Rescan()
	return s.supervise()
}

func clamp(n uint64, low, high int) int { return int(max(min(n, uint64(high)), uint64(low))) }

// inherited checks a descriptor number from the command line.
func inherited(fd int, what string) error {
	if fd < 3 {
		return chain.Fatal(chain.CodeUsage, what, "must be 3 or more")
	}
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != nil {
		return &chain.Error{Code: chain.CodeUsage, Text: "invalid " + what, Err: err}
	}
	return nil
}

// failure is the end of a scanner that could not start.
func failure(err error) error {
	code := chain.CodeSystem
	if supervise.Occupied(err) {
		code = chain.CodeUsage
	}
	return chain.Fatal(code, err.Error())
}

// handleSignals gives every signal its meaning: that of an executable file
// with its name in the scan directory, or the built-in one.
func (s *scanner) handleSignals() error {
	for sig, builtin := range map[unix.Signal]func(){
		unix.SIGHUP:   s.scan.Hangup,
		unix.SIGTERM:  func() { s.scan.Stop(false) },
		unix.SIGINT:   func() { s.scan.Stop(false) },
		unix.SIGQUIT:  func() { s.scan.Stop(true) },
		unix.SIGUSR1:  func() {},
		unix.SIGUSR2:  func() {},
		unix.SIGPWR:   func() {},
		unix.SIGWINCH: func() {},
	} {
		if err := s.loop.Signal(sig, func() {
			if !s.divert(sig) {
				builtin()
			}
		}); err != nil {
			return err
		}
	}
	if err := s.loop.Signal(unix.SIGALRM, s.scan.Rescan); err != nil {
		return err
	}
	return s.loop.Signal(unix.SIGABRT, s.scan.Abort)
}

// divert runs .s6-svscan/SIGNAME, if it is there, and reports whether it did.
func (s *scanner) divert(sig unix.Signal) bool {
	file := ".s6-svscan/" + signals.Name(sig)
	if unix.Access(file, unix.X_OK) != nil {
		return false
	}
	prog := new(sys.Program)
	prog.Signal(unix.SIGPIPE, sys.InheritedIgnored(unix.SIGPIPE))
	s.p.AddLimits(prog)
	prog.Execve([]string{file}, []string{file}, s.p.Env.Strings())
	if _, err := prog.Spawn(0, nil); err != nil {
		s.p.Warn("unable to spawn", file+":", err.Error())
		return false
	}
	return true
}

// supervise is the life of the scanner. From here on it must not end by
// accident: what cannot be mended is a case for .s6-svscan/crash.
func (s *scanner) supervise() (next []string, err error) {
	defer func() {
		if r := recover(); r != nil {
			next, err = s.crash("internal error")
		}
	}()
	if err := s.loop.Run(); err != nil {
		return s.crash("unable to wait for events: " + err.Error())
	}
	s.restoreConsole()
	if err := s.exec(supervise.FinishProg); err != unix.ENOENT {
		return s.crash("unable to exec finish script " + supervise.FinishProg + ": " + err.Error())
	}
	return nil, nil
}

func (s *scanner) crash(why string) ([]string, error) {
	s.restoreConsole()
	s.p.Warn(why)
	s.p.Warn("executing into", supervise.CrashProg)
	err := s.exec(supervise.CrashProg)
	code := chain.CodeNoExec
	if err == unix.ENOENT {
		code = chain.CodeNoEntry
	}
	return nil, chain.UnableCode(code, err, "exec", supervise.CrashProg)
}

// exec becomes one of our scripts. It returns only on failure.
func (s *scanner) exec(file string) error {
	prog := new(sys.Program)
	prog.Signal(unix.SIGPIPE, sys.InheritedIgnored(unix.SIGPIPE))
	s.p.AddLimits(prog)
	prog.Execve([]string{file}, []string{file}, s.p.Env.Strings())
	return prog.Exec().Errno
}

func (s *scanner) restoreConsole() {
	if s.console >= 0 {
		unix.Dup3(s.console, 2, 0)
		unix.Close(s.console)
		unix.Dup3(2, 1, 0)
		s.console = -1
	}
}

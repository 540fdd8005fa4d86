package supervise

import (
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/loop"
	"toolbox/internal/svstatus"
	"toolbox/internal/sys"
)

// The names in a scan directory that are the scanner's own.
const (
	controlDir = ".s6-svscan"
	// FinishProg is executed when the scanner ends.
	FinishProg = controlDir + "/finish"
	// CrashProg is executed when it cannot go on.
	CrashProg = controlDir + "/crash"
)

// specialLogger is the service that reads what the scanner and all services
// without logger print: it is stopped like a logger, and last.
const specialLogger = "s6-svscan-log"

// Limits of what can be configured, and the defaults.
const (
	DefaultMax, MinMax, MaxMax             = 1000, 4, 160000
	DefaultNameMax, MinNameMax, MaxNameMax = 251, 11, 1019
)

// A Config says how a scanner works.
type Config struct {
	Dir      string        // the scan directory; empty: the working directory
	Max      int           // services at most; 0: DefaultMax
	NameMax  int           // bytes of a name at most; 0: DefaultNameMax
	Interval time.Duration // between scans; 0: only when asked
	Environ  []string      // of the services
	Limits   func(*sys.Program)
	Console  int // standard error of s6-svscan-log, or -1

	// Say prints a diagnostic, a line without newline.
	Say func(text string)
	// Command is asked first about every byte that arrives in the control
	// fifo; true keeps it from the scanner. It may be nil.
	Command func(c byte) bool
	// Event is told what a service's listeners are told: its name and the
	// letters of the events. It may be nil.
	Event func(service, events string)
}

// A Scanner supervises the services of a scan directory.
type Scanner struct {
	Config
	host     host
	dir      int
	lock     int
	control  int
	services map[identity]*entry
	special  *entry
	scanning *loop.Timer
	asked    bool // a scan is to come on the next turn
	pending  kill // what to do when it is done
	stopping bool
	done     func()
}

// identity tells service directories apart, whatever they are called.
type identity struct{ dev, ino uint64 }

// entry is a service directory that the scanner knows.
type entry struct {
	*service
	id     identity
	active bool // it was there at the last scan
	runs   bool // its supervisor is at work
	again  time.Time
	retry  *loop.Timer
	peer   *entry // its logger, or the service it logs
	said   string // the last reason why its supervisor could not start
}

// kill says which services a command is about, and how loggers are stopped.
type kill struct {
	all, vanished bool
	loggersToo    bool // TERM, not HUP: do not wait for the end of their input
}

// New takes the scan directory over. It fails if another scanner has it. The services start with the first scan, which
// [Scanner.Rescan] asks for.
func New(l *loop.Loop, c Config) (*Scanner, error) {
	s := &Scanner{Config: c, dir: unix.AT_FDCWD, lock: -1, control: -1, services: make(map[identity]*entry)}
	if s.Max == 0 {
		s.Max = DefaultMax
	}
	if s.NameMax == 0 {
		s.NameMax = DefaultNameMax
	}
	sys.Ignore(unix.SIGPIPE)
	s.host = host{loop: l, environ: c.Environ, limits: c.Limits, say: c.Say, changed: s.event}
	if err := s.takeOver(); err != nil {
		return nil, err
	}
	s.host.spawner = newSpawner()
	s.scanning = l.NewTimer(s.scan)
	return s, nil
}

// takeOver locks the scan directory and opens its control fifo.
func (s *Scanner) takeOver() (err error) {
	// The services come and go below a directory that may be renamed.
	path := s.Dir
	if path == "" {
		path = "."
	}
	if s.dir, err = unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0); err != nil {
		return &stepError{"open", "scan directory", err}
	}
	old := unix.Umask(0)
	defer unix.Umask(old)
	if _, err := makeDir(s.dir, controlDir); err != nil {
		return err
	}
	if s.lock, err = lockOf(s.dir, controlDir+"/lock", 0o600, "s6-svscan"); err != nil {
		return err
	}
	if s.control, err = openFifo(s.dir, controlDir+"/control"); err != nil {
		return err
	}
	if err := s.host.loop.Watch(s.control, unix.EPOLLIN, s.readControl); err != nil {
		return &stepError{"watch", controlDir + "/control", err}
	}
	// Links that lead nowhere are left-overs of services.
	names, err := sys.ReadDir(s.dir, ".")
	if err != nil {
		return &stepError{"read", "scan directory", err}
	}
	for _, name := range names {
		var st unix.Stat_t
		if name[0] != '.' && unix.Fstatat(s.dir, name, &st, 0) == unix.ENOENT {
			unix.Unlinkat(s.dir, name, 0)
		}
	}
	return nil
}

func (s *Scanner) warn(words ...string) { s.Say("s6-svscan: warning: " + strings.Join(words, " ")) }

func (s *Scanner) event(v *service, events string) {
	if s.Event != nil {
		s.Event(v.name, events)
	}
}

func (s *Scanner) readControl(uint32) {
	var buf [64]byte
	for {
		n, err := unix.Read(s.control, buf[:])
		if err == unix.EINTR {
			continue
		}
		if n <= 0 {
			return
		}
		for _, c := range buf[:n] {
			if s.Command == nil || !s.Command(c) {
				s.command(c)
			}
		}
	}
}

// command obeys a byte of s6-svscanctl. Source: s6, s6-svscanctl.html.
func (s *Scanner) command(c byte) {
	switch c {
	case 'z': // reaping needs no request
	case 'a':
		s.Rescan()
	case 'b':
		s.Abort()
	case 'h':
		s.Hangup()
	case 'i', 't':
		s.Stop(false)
	case 'q':
		s.Stop(true)
	case 'n':
		s.killVanished(false)
	case 'N':
		s.killVanished(true)
	default:
		s.warn("received unknown control command:", string(rune(c)))
	}
}

// Rescan looks for new and vanished services on the next turn of the loop.
func (s *Scanner) Rescan() {
	if !s.stopping {
		s.asked = true
		s.host.loop.Reset(s.scanning, 0)
	}
}

// killVanished stops the services that have vanished: those of the scan that
// was asked for just before, if there is one.
func (s *Scanner) killVanished(loggersToo bool) {
	if !s.asked {
		s.kill(kill{vanished: true, loggersToo: loggersToo})
		return
	}
	s.pending.vanished = true
	s.pending.loggersToo = s.pending.loggersToo || loggersToo
}

// Hangup rescans, then stops the services that have vanished.
func (s *Scanner) Hangup() {
	s.Rescan()
	s.killVanished(false)
}

// Stop brings all services down: the loop ends when they are, or calls the
// function that OnStopped set. Loggers read to the end of their input, unless
// loggersToo.
func (s *Scanner) Stop(loggersToo bool) {
	first := !s.stopping
	s.stopping = true // before a service that is down leaves: it must not come back
	s.kill(kill{all: true, loggersToo: loggersToo})
	if !first {
		return
	}
	s.host.loop.Cancel(s.scanning)
	for _, e := range s.services {
		s.host.loop.Cancel(e.retry)
	}
	if s.special != nil {
		s.letGo()
	}
	s.checkStopped()
}

// OnStopped makes f be called when a Stop is complete, instead of the end of
// the loop.
func (s *Scanner) OnStopped(f func()) { s.done = f }

// Abort ends the loop without waiting for anything.
func (s *Scanner) Abort() {
	s.stopping = true
	s.host.loop.Stop()
}

// letGo points standard output and error away from the catch-all logger, which
// sees the end of its input when nobody has it open.
func (s *Scanner) letGo() {
	null, err := s.host.spawner.devNull()
	if err != nil {
		s.warn("unable to open /dev/null:", err.Error())
		return
	}
	unix.Dup3(null, 1, 0)
	unix.Dup3(null, 2, 0)
}

func (s *Scanner) checkStopped() {
	if !s.stopping {
		return
	}
	for _, e := range s.services {
		if e.runs {
			return
		}
	}
	if s.done != nil {
		s.done()
		return
	}
	s.host.loop.Stop()
}

// kill asks supervisors to leave.
func (s *Scanner) kill(k kill) {
	for _, e := range s.services {
		if !e.runs || !k.all && e.active {
			continue
		}
		ask := asksTerm
		if (e.isLogger() || e == s.special) && !k.loggersToo {
			ask = asksHangup
		}
		e.guard(func() { e.handle(ask) })
	}
}

// start makes the supervisor of e begin its work.
func (s *Scanner) start(e *entry) {
	if !e.active || e.runs || s.stopping {
		return
	}
	dir, err := unix.Openat(s.dir, e.name, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err == nil {
		var st unix.Stat_t
		if unix.Fstat(dir, &st) != nil || (identity{st.Dev, st.Ino}) != e.id {
			// Another directory has its name since the scan.
			unix.Close(dir)
			s.Rescan()
			return
		}
		e.again = time.Now().Add(time.Second)
		err = e.open(dir, func() { s.left(e) })
	}
	if err == nil {
		e.runs, e.said = true, ""
		return
	}
	if text := err.Error(); text != e.said {
		e.said = text
		s.Say("s6-supervise " + e.name + ": fatal: " + text)
	}
	s.retry(e, time.Second)
}

func (s *Scanner) retry(e *entry, d time.Duration) {
	if e.retry == nil {
		e.retry = s.host.loop.NewTimer(func() { s.start(e) })
	}
	s.host.loop.Reset(e.retry, d)
}

// left is called when the supervisor of e is gone: it comes back at most once
// a second, if its directory is still there.
func (s *Scanner) left(e *entry) {
	e.runs = false
	switch {
	case s.stopping:
		s.closePipe(e)
		s.checkStopped()
	case e.active:
		s.retry(e, max(time.Until(e.again), 0))
	default:
		s.remove(e)
	}
}

func (s *Scanner) closePipe(e *entry) {
	if e.pipe >= 0 {
		unix.Close(e.pipe)
		e.pipe = -1
	}
}

// remove forgets e. Its partner loses the pipe between them: at the end of
// its input a logger leaves too.
func (s *Scanner) remove(e *entry) {
	s.host.loop.Cancel(e.retry)
	s.closePipe(e)
	if e.peer != nil {
		s.closePipe(e.peer)
		e.peer.peer = nil
	}
	if s.special == e {
		s.special = nil
	}
	delete(s.services, e.id)
}

// Status returns what the scanner knows about a service by its name.
func (s *Scanner) Status(name string) (status svstatus.Status, ok bool) {
	for _, e := range s.services {
		if e.name == name {
			return e.status, e.runs
		}
	}
	return svstatus.Status{}, false
}

// isLogger reports whether the service reads the output of another one.
func (s *service) isLogger() bool { return strings.Contains(s.name, "/") }

package supervise

import (
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/fifodir"
	"toolbox/internal/loop"
	"toolbox/internal/svstatus"
	"toolbox/internal/sys"
	"toolbox/internal/tai"
)

// A service is one supervised service directory. It holds three descriptors,
// a fourth between the start and the readiness of a service with
// notification-fd, and one end of the pipe between it and its logger.
type service struct {
	*host
	name string // as the scanner or the command line has it: web, web/log

	dir     int // the service directory
	lock    int // supervise/lock; closing any other descriptor of it would unlock it
	control int // supervise/control, open both ways so that it never ends
	notify  int // where the newline of readiness is expected, or -1
	pipe    int // to the logger, or from the logged service; -1 for none
	console int // what standard error is instead of ours, or -1

	state     state
	status    svstatus.Status
	exit      unix.WaitStatus // of finish
	deadline  *loop.Timer
	nextStart time.Time // after a readiness, when run may be started again
	closed    bool      // standard input and output were given up
	dying     bool      // told to go down, with timeout-kill
	dirty     bool      // the status file is out of date
	wanted    event     // what perform works on: names the signal
	left      func()    // called when the supervisor leaves
}

// host is what the services of one process share.
type host struct {
	loop    *loop.Loop
	spawner *spawner
	environ []string
	limits  func(*sys.Program) // adds the resource limits of children
	say     func(text string)  // prints a diagnostic
	// alone: standard input and output are this service's only
	alone   bool
	changed func(s *service, events string)
}

// warn prints a diagnostic as the s6-supervise of this service.
func (s *service) warn(words ...string) {
	s.say("s6-supervise " + s.name + ": warning: " + strings.Join(words, " "))
}

// unable warns about an error. Its reason is the errno, if it has one.
func (s *service) unable(err error, words ...string) {
	s.warn("unable to", strings.Join(words, " ")+":", reason(err))
}

func reason(err error) string {
	if f, ok := err.(*sys.Failure); ok && f.Stage == sys.StageExec {
		return f.Errno.Error()
	}
	return err.Error()
}

// newService returns a service with no descriptor open.
func newService(h *host, name string) *service {
	return &service{host: h, name: name, dir: -1, lock: -1, control: -1, notify: -1, pipe: -1, console: -1}
}

// open takes the service directory over: it is locked, its control fifo and
// event fifodir are there, its status says "not started yet". Then it starts
// on the next turn of the loop. left is called when the supervisor is gone.
func (s *service) open(dir int, left func()) error {
	s.dir, s.left = dir, left
	if err := s.prepare(); err != nil {
		s.close()
		return err
	}
	if err := fifodir.Clean(s.dir, "event"); err != nil {
		s.unable(err, "clean event")
	}
	s.status = svstatus.Status{Stamp: tai.Now(), WantUp: !s.exists("down"), Paused: true}
	s.status.ReadyStamp = s.status.Stamp
	s.state, s.closed, s.dying, s.nextStart = down, false, false, time.Time{}
	s.writeStatus()
	s.status.Paused = false
	s.tell("s")
	if s.deadline == nil {
		s.deadline = s.loop.NewTimer(func() { s.guard(func() { s.handle(timeout) }) })
	}
	s.loop.Reset(s.deadline, 0)
	return nil
}

// close gives every descriptor but the logger pipe back.
func (s *service) close() {
	s.loop.Cancel(s.deadline)
	s.closeNotify()
	for _, fd := range [...]*int{&s.control, &s.lock, &s.dir} {
		if *fd >= 0 {
			s.loop.Unwatch(*fd)
			unix.Close(*fd)
			*fd = -1
		}
	}
}

func (s *service) closeNotify() {
	if s.notify >= 0 {
		s.loop.Unwatch(s.notify)
		unix.Close(s.notify)
		s.notify = -1
	}
}

// handle is an event: the machine says what to do.
func (s *service) handle(e event) {
	t := &machine[s.state][e]
	s.state = t.next
	s.wanted = e
	for _, do := range t.do {
		s.perform(do)
		if s.dir < 0 {
			return // it left
		}
	}
	if s.dirty {
		s.writeStatus()
	}
}

// guard contains a panic: this service is reported and put down, the others
// go on.
func (s *service) guard(f func()) {
	defer func() {
		if r := recover(); r != nil {
			text := "panic"
			if err, ok := r.(error); ok {
				text = err.Error()
			}
			s.warn("internal error, giving the service up:", text)
			if s.status.Pid > 0 {
				unix.Kill(s.status.Pid, unix.SIGTERM)
				unix.Kill(s.status.Pid, unix.SIGCONT)
			}
			if s.dir >= 0 {
				s.status.WantUp = false
				s.writeStatus()
			}
		}
	}()
	f()
}

// writeStatus writes the status file.
func (s *service) writeStatus() {
	s.dirty = false
	if err := s.status.Write(s.dir); err != nil {
		s.unable(err, "write status file")
	}
}

// tell writes the status and notifies the listeners of the fifodir.
func (s *service) tell(events string) {
	if s.dirty {
		s.writeStatus()
	}
	// As in the original an unusable fifodir is nobody's business here.
	fifodir.Notify(s.dir, "event", events)
	if s.changed != nil {
		s.changed(s, events)
	}
}

// after arms the timer; a d of 0 disarms it.
func (s *service) after(d time.Duration) {
	if d == 0 {
		s.loop.Cancel(s.deadline)
		return
	}
	s.loop.Reset(s.deadline, d)
}

// readControl handles the bytes in the control fifo.
func (s *service) readControl(uint32) {
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
			if e := control[c]; e != 0 {
				s.guard(func() { s.handle(e) })
				if s.dir < 0 {
					return
				}
			}
		}
	}
}

// readNotify waits for the newline that says the service is ready.
func (s *service) readNotify(uint32) {
	var buf [512]byte
	for {
		n, err := unix.Read(s.notify, buf[:])
		switch {
		case err == unix.EINTR:
			continue
		case err == unix.EAGAIN:
			return
		case n <= 0: // without a newline it never is
			s.closeNotify()
			return
		case strings.IndexByte(string(buf[:n]), '\n') >= 0:
			s.closeNotify()
			s.nextStart = time.Now().Add(time.Second)
			s.status.ReadyStamp = tai.Now()
			s.status.Ready = true
			s.writeStatus()
			s.tell("U")
			return
		}
	}
}

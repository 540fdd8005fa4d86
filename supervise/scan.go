package supervise

import (
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// scan compares the services with the directory: what is new starts, what has
// vanished is forgotten once it is down.
func (s *Scanner) scan() {
	s.asked = false
	again := time.Duration(0)
	postpone := func(d time.Duration) {
		if again == 0 || d < again {
			again = d
		}
	}
	if s.Interval > 0 {
		postpone(s.Interval)
	}
	names, err := sys.ReadDir(s.dir, ".")
	if err != nil {
		s.warn("unable to read the scan directory:", err.Error())
		postpone(5 * time.Second)
		s.host.loop.Reset(s.scanning, again)
		return
	}
	seen := make(map[identity]bool, len(s.services))
	for _, name := range names {
		if name[0] == '.' {
			continue
		}
		if len(name) > s.NameMax {
			s.warn("name too long - not spawning service:", name)
			continue
		}
		e, wait := s.check(name, nil)
		if wait > 0 {
			postpone(wait)
		}
		if e == nil {
			continue
		}
		seen[e.id] = true
		logger, wait := s.check(name+"/log", e)
		if wait > 0 {
			postpone(wait)
		}
		if logger != nil {
			seen[logger.id] = true
		}
	}
	for id, e := range s.services {
		e.active = seen[id]
		if !e.active && !e.runs {
			s.remove(e)
		}
	}
	if again > 0 {
		s.host.loop.Reset(s.scanning, again)
	}
	if s.pending.vanished {
		s.kill(s.pending)
	}
	s.pending = kill{}
	for _, e := range s.services {
		if e.active && !e.runs && !time.Now().Before(e.again) {
			s.start(e)
		}
	}
}

// check finds or makes the entry of a service directory, which is the logger
// of producer if that is not nil. It returns nil if there is no service, and
// after how long to look again if something is in the way.
func (s *Scanner) check(name string, producer *entry) (e *entry, wait time.Duration) {
	var st unix.Stat_t
	if err := unix.Fstatat(s.dir, name, &st, 0); err != nil {
		if producer != nil && (err == unix.ENOENT || err == unix.ENOTDIR) {
			if producer.peer != nil {
				s.warn("logger for service", producer.name, "has been moved")
			}
			return nil, 0
		}
		s.warn("unable to stat", name+":", err.Error())
		return nil, 4 * time.Second
	}
	if st.Mode&unix.S_IFMT != unix.S_IFDIR {
		return nil, 0
	}
	id := identity{st.Dev, st.Ino}
	if e = s.services[id]; e != nil {
		if e.peer != nil && producer != nil && e.peer != producer {
			s.warn("old service", name, "still exists, waiting")
			return e, 10 * time.Second
		}
	} else {
		if len(s.services) >= s.Max {
			s.warn("unable to start supervisor for", name+":", "too many services (the maximum is", strconv.Itoa(s.Max)+")")
			return nil, time.Minute
		}
		e = &entry{service: newService(&s.host, name), id: id}
		s.services[id] = e
		if name == specialLogger && s.special == nil {
			s.special = e
			e.console = s.Console
		}
	}
	e.name = name
	e.active = true
	if producer != nil && e.peer == nil {
		if err := s.join(producer, e); err != nil {
			s.warn("unable to create pipe for", name+":", err.Error())
			e.active = false
			return nil, 3 * time.Second
		}
	}
	return e, 0
}

// join makes the pipe from a service to its logger. It lives as long as the
// two, so that nothing is lost when either restarts.
func (s *Scanner) join(producer, logger *entry) error {
	var pipe [2]int
	if err := unix.Pipe2(pipe[:], unix.O_CLOEXEC); err != nil {
		return err
	}
	s.closePipe(producer)
	s.closePipe(logger)
	logger.pipe, producer.pipe = pipe[0], pipe[1]
	logger.peer, producer.peer = producer, logger
	return nil
}

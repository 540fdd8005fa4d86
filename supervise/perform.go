package supervise

import (
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/svstatus"
	"toolbox/internal/tai"
)

// perform does one action.
func (s *service) perform(do action) {
	switch do {
	case startIfWanted:
		if s.status.WantUp {
			s.startRun()
		} else {
			s.after(0)
		}
	case start:
		s.startRun()
	case setWantUp:
		s.status.WantUp, s.dirty = true, true
	case setWantDown:
		s.status.WantUp, s.dirty = false, true
	case makeDownFile:
		fd, err := unix.Openat(s.dir, "down", unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC|unix.O_NONBLOCK|unix.O_CLOEXEC, 0o666)
		if err != nil {
			s.unable(err, "create ./down file")
			return
		}
		unix.Close(fd)
	case removeDownFile:
		if err := unix.Unlinkat(s.dir, "down", 0); err != nil && err != unix.ENOENT {
			s.unable(err, "unlink ./down file")
		}
	case announceUp:
		s.after(0)
		s.nextStart = time.Time{}
		s.status.Ready = false
		s.status.Stamp = tai.Now()
		s.dirty = true
		s.tell("u")
	case waitLong:
		s.after(60 * time.Second)
	case runFinish:
		s.recordDeath()
		s.startFinish()
	case announceDeath:
		s.after(s.milliseconds("timeout-finish", 5000))
		s.status.Finishing = true
		s.dirty = true
		s.tell("d")
	case settleAtOnce:
		s.settle("dD")
	case settle:
		if s.exit.Exited() && s.exit.ExitStatus() == 125 {
			s.status.WantUp = false
			s.settle("OD")
		} else {
			s.settle("D")
		}
	case bringDown:
		s.kill(s.status.Pid, s.signal("down-signal", unix.SIGTERM))
		s.kill(s.status.Pid, unix.SIGCONT)
		s.status.Paused = false
		s.dirty = true
		d := s.milliseconds("timeout-kill", 0)
		s.dying = d > 0
		s.after(d)
	case killHard:
		s.killHard()
	case killFinish:
		s.warn("finish script lifetime reached maximum value - sending it a SIGKILL")
		s.kill(s.status.Pid, unix.SIGCONT)
		s.kill(s.status.Pid, unix.SIGKILL)
		s.status.Paused = false
		s.dirty = true
		s.after(5 * time.Second)
	case closeStdio:
		s.closeStdio()
	case interruptGroup:
		s.kill(-s.status.Pid, unix.SIGINT)
	case signalIt:
		s.signalIt()
	case quit:
		s.tell("x")
		s.close()
		s.left()
	}
}

// closeStdio gives standard input and output up, so that whoever is at the
// other end of a pipe sees its end. In a scanner they belong to all services;
// there the programs still to come get /dev/null.
func (s *service) closeStdio() {
	s.closed = true
	if !s.alone {
		return
	}
	null, err := s.spawner.devNull()
	if err != nil {
		s.unable(err, "open /dev/null")
		return
	}
	unix.Dup3(null, 0, 0)
	unix.Dup3(null, 1, 0)
}

// kill signals the process pid, or the process group -pid. A process that is
// gone is no error.
func (s *service) kill(pid int, sig unix.Signal) {
	if pid != 0 {
		unix.Kill(pid, sig)
	}
}

// milliseconds reads a time from a file. 0 means never.
func (s *service) milliseconds(file string, otherwise int) time.Duration {
	n, ok := s.number(file)
	if !ok {
		n = otherwise
	}
	return time.Duration(n) * time.Millisecond
}

// settle makes the service down and ready, and arms the timer for its next
// start: a second from now, or from when it last became ready.
func (s *service) settle(events string) {
	s.status.Pid = 0
	s.status.Finishing = false
	s.status.Ready = true
	s.status.ReadyStamp = tai.Now()
	s.dirty = true
	d := time.Second
	if !s.nextStart.IsZero() {
		d = max(time.Until(s.nextStart), 1)
	}
	s.after(d)
	s.tell(events)
}

// recordDeath notes how run died.
func (s *service) recordDeath() {
	s.status.Paused = false
	s.status.Ready = false
	s.status.Stamp = tai.Now()
	s.dying = false
	s.closeNotify()
	n, ok := s.number("max-death-tally")
	if !ok {
		n = svstatus.DefaultTally
	}
	if n = min(n, svstatus.MaxTally); n > 0 {
		if err := svstatus.AddDeath(s.dir, svstatus.NewDeath(s.status.Stamp, s.status.Wait), n); err != nil {
			s.unable(err, "write", svstatus.TallyFile)
		}
	}
}

func (s *service) killHard() {
	if !s.dying {
		return // a timer that had gone off already when it was disarmed
	}
	target := s.status.Pid
	if s.exists("flag-timeout-killpg") {
		target = -target
	}
	s.kill(target, unix.SIGKILL)
	s.kill(target, unix.SIGCONT)
	s.status.Paused = false
	s.dirty = true
	s.after(5 * time.Second)
}

// plain are the signals that are sent to the process as they are.
var plain = [numEvents]unix.Signal{
	sendALRM: unix.SIGALRM, sendABRT: unix.SIGABRT, sendQUIT: unix.SIGQUIT, sendHUP: unix.SIGHUP,
	sendKILL: unix.SIGKILL, sendTERM: unix.SIGTERM, sendINT: unix.SIGINT, sendUSR1: unix.SIGUSR1,
	sendUSR2: unix.SIGUSR2, sendSTOP: unix.SIGSTOP, sendCONT: unix.SIGCONT, sendWINCH: unix.SIGWINCH,
	groupSTOP: unix.SIGSTOP, groupCONT: unix.SIGCONT, groupKILL: unix.SIGKILL,
}

// signalIt sends the signal that the event names.
func (s *service) signalIt() {
	sig, target := plain[s.wanted], s.status.Pid
	switch s.wanted {
	case sendDown:
		sig = s.signal("down-signal", unix.SIGTERM)
	case sendReload:
		sig = s.signal("reload-signal", unix.SIGHUP)
	case groupSTOP, groupCONT, groupKILL:
		target = -target
	}
	s.kill(target, sig)
	switch s.wanted {
	case sendSTOP, groupSTOP:
		s.status.Paused, s.dirty = true, true
	case sendCONT, groupCONT:
		s.status.Paused, s.dirty = false, true
	}
}

// startRun starts ./run. What comes of it is an event.
func (s *service) startRun() {
	c := child{path: "./run", argv: []string{"./run", s.name}}
	if s.exists("flag-newpidns") {
		c.flags = unix.CLONE_NEWPID
	}
	if s.exists("lock-fd") {
		s.warn("unable to start service: lock-fd is not part of this version (waiting 60 seconds)")
		s.handle(notStarted)
		return
	}
	var read, write = -1, -1
	if fd, ok := s.number("notification-fd"); ok {
		if fd == 0 || fd > s.spawner.maxFd {
			s.warn("invalid notification-fd")
		} else {
			var pipe [2]int
			if err := unix.Pipe2(pipe[:], unix.O_CLOEXEC|unix.O_NONBLOCK); err != nil {
				s.unable(err, "create notification pipe (waiting 60 seconds)")
				s.handle(notStarted)
				return
			}
			read, write = pipe[0], pipe[1]
			// Only our end is non-blocking: the service gets a plain pipe.
			unix.SetNonblock(write, false)
			c.fds = append(c.fds, fdCopy{write, fd})
		}
	}
	pid, err := s.spawner.start(s, &c)
	if write >= 0 {
		unix.Close(write)
	}
	if err != nil {
		if read >= 0 {
			unix.Close(read)
		}
		s.unable(err, "spawn ./run (waiting 60 seconds)")
		s.handle(notStarted)
		return
	}
	s.status.Pid = pid
	s.loop.Child(pid, s.runDied)
	if read >= 0 {
		s.notify = read
		if err := s.loop.Watch(read, unix.EPOLLIN, s.readNotify); err != nil {
			s.unable(err, "watch notification pipe")
			s.closeNotify()
		}
	}
	s.handle(started)
}

func (s *service) runDied(ws unix.WaitStatus) {
	s.status.Wait = ws
	s.guard(func() { s.handle(died) })
}

// startFinish starts ./finish. What comes of it is an event.
func (s *service) startFinish() {
	code := 256
	if s.status.Wait.Exited() {
		code = s.status.Wait.ExitStatus()
	}
	sig := 0
	if s.status.Wait.Signaled() {
		sig = int(s.status.Wait.Signal())
	}
	c := child{path: "./finish", argv: []string{"finish", strconv.Itoa(code), strconv.Itoa(sig), s.name, strconv.Itoa(s.status.Pid)}}
	pid, err := s.spawner.start(s, &c)
	if err != nil {
		if unixErr(err) != unix.ENOENT || s.exists("finish") {
			s.unable(err, "spawn ./finish")
		}
		s.handle(nothingToDo)
		return
	}
	s.status.Pid = pid
	s.loop.Child(pid, func(ws unix.WaitStatus) {
		s.exit = ws
		s.guard(func() { s.handle(died) })
	})
	s.handle(finishing)
}

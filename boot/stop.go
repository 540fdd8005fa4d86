package boot

import (
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/loop"
)

// step is how far the stop is. Every step ends as soon as what it waits for
// is there, at the latest at its deadline.
type step uint8

const (
	running    step = iota // no stop
	leaving                // script, command and services have been told to end
	finishing              // the scripts of cont-finish.d run
	terminated             // what is left was sent TERM
	killed                 // and KILL
)

// A stopper is the ordered stop of the container.
type stopper struct {
	init     *Init
	step     step
	services bool // all services are down
	timer    *loop.Timer
	poll     *loop.Timer
	deadline time.Time
}

// pollTime is how often the stop looks whether processes are left: not every
// one's death is told to us.
const pollTime = 5 * time.Millisecond

// killTime is how long the stop waits for killed processes to be gone.
const killTime = time.Second

func (i *Init) stopping() bool { return i.stop.step != running }

// beginStop starts the stop; a stop under way is not disturbed.
func (i *Init) beginStop() {
	if i.stopping() {
		return
	}
	i.stop.step = leaving
	i.rereadSettings()
	i.say("[s6-finish] waiting for services.")
	if i.scripts != nil {
		i.scripts.interrupt()
	}
	if i.waiting != nil {
		i.waiting.cancel()
	}
	i.tellCMD()
	i.scanner.Stop(false)
	// As in s6-svwait, 0 is no limit.
	if grace := i.vars.millis(servicesGrace); grace > 0 && i.stop.step == leaving {
		i.stop.timer = i.loop.After(grace, i.stop.finish)
	}
	i.stop.check()
}

// tellCMD asks the command to end. An interactive shell ignores TERM, and ends
// when its terminal is gone.
func (i *Init) tellCMD() {
	if i.cmdPid == 0 {
		return
	}
	unix.Kill(i.cmdPid, unix.SIGTERM)
	if isTerminal(i.stdin) {
		unix.Kill(i.cmdPid, unix.SIGHUP)
	}
	unix.Kill(i.cmdPid, unix.SIGCONT)
}

// check goes on when all that was told to end has ended.
func (s *stopper) check() {
	if s.step == leaving && s.services && s.init.cmdPid == 0 && !s.init.scriptRuns() {
		s.finish()
	}
}

// hurry goes on at once.
func (s *stopper) hurry() {
	if s.step == leaving {
		s.finish()
	}
}

// finish runs the scripts of cont-finish.d.
func (s *stopper) finish() {
	if s.step != leaving {
		return
	}
	s.init.loop.Cancel(s.timer)
	s.step = finishing
	i := s.init
	seq := &sequence{
		init: i, name: "cont-finish.d", verb: "executing", dir: i.etc + "/cont-finish.d",
		env: i.services, cwd: i.rootDir, max: i.vars.millis(killFinishMax),
		failed: func(string, int) bool { return true },
		done:   s.terminate,
	}
	seq.start("executing container finish scripts...")
}

// terminate sends TERM to every process that is left.
func (s *stopper) terminate() {
	i := s.init
	s.step = terminated
	if i.vars.is(syncDisks) {
		i.say("[s6-finish] syncing disks.")
		unix.Sync()
	}
	if restGone(i.all) {
		s.end()
		return
	}
	i.say("[s6-finish] sending all processes the TERM signal.")
	signalRest(i.all, unix.SIGTERM, unix.SIGCONT)
	s.await(i.vars.millis(killGrace), s.kill)
}

// kill sends KILL to every process that is left.
func (s *stopper) kill() {
	s.step = killed
	s.init.say("[s6-finish] sending all processes the KILL signal and exiting.")
	signalRest(s.init.all, unix.SIGKILL)
	s.await(killTime, s.end)
}

// await ends the stop as soon as no process is left, or calls late when d has
// passed.
func (s *stopper) await(d time.Duration, late func()) {
	i := s.init
	s.deadline = time.Now().Add(d)
	s.poll = i.loop.After(0, func() {
		switch {
		case restGone(i.all):
			s.end()
		case !time.Now().Before(s.deadline):
			late()
		default:
			if s.step == killed {
				signalRest(i.all, unix.SIGKILL) // whatever was forked meanwhile
			}
			i.loop.Reset(s.poll, pollTime)
		}
	})
}

// end ends init.
func (s *stopper) end() {
	i := s.init
	if i.vars.is(syncDisks) {
		unix.Sync()
	}
	i.ended = true
	i.loop.Stop()
}

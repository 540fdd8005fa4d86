// Package loop is the event loop of a process that stays: descriptors, child
// processes, timers and signals, in one thread. While nothing happens it does
// not wake up.
package loop

import (
	"container/heap"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// A Loop calls back what was registered with it. Everything happens in the
// goroutine that calls [Loop.Run], so that no callback needs a lock.
type Loop struct {
	epoll    int
	wake     int
	watches  []func(events uint32) // by descriptor
	children map[int]func(unix.WaitStatus)
	timers   timers
	signals  [65]func()
	orphan   func(pid int, ws unix.WaitStatus)
	now      time.Time
	done     bool
	events   [64]unix.EpollEvent
}

// New returns a loop that handles SIGCHLD and whatever [Loop.Signal] adds.
func New() (*Loop, error) {
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, err
	}
	l := &Loop{epoll: epoll, children: make(map[int]func(unix.WaitStatus)), now: time.Now()}
	if l.wake, err = sys.Catch(sys.Set(0).Add(unix.SIGCHLD)); err != nil {
		return nil, err
	}
	sys.Unblock(sys.Set(0).Add(unix.SIGCHLD))
	err = unix.EpollCtl(epoll, unix.EPOLL_CTL_ADD, l.wake, &unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(l.wake)})
	return l, err
}

// Watch calls f whenever one of events (EPOLLIN, EPOLLOUT...) is true of fd,
// or fd has an error or was hung up. Watching a descriptor again replaces
// events and f.
func (l *Loop) Watch(fd int, events uint32, f func(events uint32)) error {
	for len(l.watches) <= fd {
		l.watches = append(l.watches, nil)
	}
	op := unix.EPOLL_CTL_ADD
	if l.watches[fd] != nil {
		op = unix.EPOLL_CTL_MOD
	}
	if err := unix.EpollCtl(l.epoll, op, fd, &unix.EpollEvent{Events: events, Fd: int32(fd)}); err != nil {
		return err
	}
	l.watches[fd] = f
	return nil
}

// Unwatch forgets fd. It must be called before fd is closed: the kernel
// forgets a descriptor by itself only when no copy of it is left.
func (l *Loop) Unwatch(fd int) {
	if fd < len(l.watches) && l.watches[fd] != nil {
		unix.EpollCtl(l.epoll, unix.EPOLL_CTL_DEL, fd, nil)
		l.watches[fd] = nil
	}
}

// Child calls f with the wait status of the child pid, once, when it died.
func (l *Loop) Child(pid int, f func(ws unix.WaitStatus)) { l.children[pid] = f }

// Orphans calls f for every child that died and that nobody registered: what
// a process 1 or a subreaper inherits.
func (l *Loop) Orphans(f func(pid int, ws unix.WaitStatus)) { l.orphan = f }

// Signal calls f, outside of any signal handler, after sig arrived; several
// arrivals may make one call. A nil f ignores sig from then on.
func (l *Loop) Signal(sig unix.Signal, f func()) error {
	l.signals[sig] = f
	if f == nil {
		sys.Ignore(sig)
		return nil
	}
	_, err := sys.Catch(sys.Set(0).Add(sig))
	sys.Unblock(sys.Set(0).Add(sig))
	return err
}

// Now is the time at which the callbacks of this turn are called. It has a
// monotonic part, so that intervals are right when the clock is set.
func (l *Loop) Now() time.Time { return l.now }

// Stop makes Run return after the current turn.
func (l *Loop) Stop() { l.done = true }

// Run calls back until Stop is called. The error is the kernel's; there is
// none in ordinary operation.
func (l *Loop) Run() error {
	for l.done = false; !l.done; {
		if err := l.turn(); err != nil {
			return err
		}
	}
	return nil
}

// turn waits for something to happen and calls back what it concerns.
func (l *Loop) turn() error {
	n, err := unix.EpollWait(l.epoll, l.events[:], l.timeout())
	if err != nil && err != unix.EINTR {
		return err
	}
	l.now = time.Now()
	// Signals first, and after EINTR without looking at the descriptor: a
	// death explains what the descriptors say.
	l.dispatchSignals()
	for _, e := range l.events[:max(n, 0)] {
		if fd := int(e.Fd); fd != l.wake && fd < len(l.watches) {
			// An earlier callback of this turn may have forgotten it.
			if f := l.watches[fd]; f != nil {
				f(e.Events)
			}
		}
	}
	l.runTimers()
	return nil
}

func (l *Loop) dispatchSignals() {
	caught := sys.Caught()
	if caught == 0 {
		return
	}
	if caught.Has(unix.SIGCHLD) {
		l.reap()
	}
	for sig := unix.Signal(1); sig < 65; sig++ {
		if caught.Has(sig) && l.signals[sig] != nil {
			l.signals[sig]()
		}
	}
}

// reap is the one place where children are waited for.
func (l *Loop) reap() {
	for {
		var ws unix.WaitStatus
		pid, err := unix.Wait4(-1, &ws, unix.WNOHANG, nil)
		if err == unix.EINTR {
			continue
		}
		if pid <= 0 {
			return
		}
		f := l.children[pid]
		delete(l.children, pid)
		switch {
		case f != nil:
			f(ws)
		case l.orphan != nil:
			l.orphan(pid, ws)
		}
	}
}

// A Timer calls its function once, at its time.
type Timer struct {
	at    time.Time
	f     func()
	index int // in the heap, -1 when it is not there
}

// NewTimer returns a timer that is not armed; Reset arms it.
func (l *Loop) NewTimer(f func()) *Timer { return &Timer{f: f, index: -1} }

// After calls f when d has passed.
func (l *Loop) After(d time.Duration, f func()) *Timer {
	t := l.NewTimer(f)
	l.Reset(t, d)
	return t
}

// Reset makes t go off when d from now has passed, whether it was armed or not.
func (l *Loop) Reset(t *Timer, d time.Duration) {
	t.at = time.Now().Add(d)
	if t.index >= 0 {
		heap.Fix(&l.timers, t.index)
	} else {
		heap.Push(&l.timers, t)
	}
}

// Cancel disarms t; nil and disarmed timers are fine.
func (l *Loop) Cancel(t *Timer) {
	if t != nil && t.index >= 0 {
		heap.Remove(&l.timers, t.index)
	}
}

// timeout is how long epoll_wait may sleep, in milliseconds, rounded up so
// that it does not return just before the time.
func (l *Loop) timeout() int {
	if len(l.timers) == 0 {
		return -1
	}
	d := time.Until(l.timers[0].at)
	switch {
	case d <= 0:
		return 0
	case d > 24*time.Hour:
		return 24 * 3600 * 1000
	}
	return int((d + time.Millisecond - 1) / time.Millisecond)
}

func (l *Loop) runTimers() {
	for len(l.timers) > 0 && !l.timers[0].at.After(l.now) {
		t := l.timers[0]
		heap.Pop(&l.timers)
		t.f()
	}
}

// timers is a heap ordered by time.
type timers []*Timer

func (h timers) Len() int           { return len(h) }
func (h timers) Less(i, j int) bool { return h[i].at.Before(h[j].at) }
func (h timers) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}
func (h *timers) Push(x any) {
	t := x.(*Timer)
	t.index = len(*h)
	*h = append(*h, t)
}
func (h *timers) Pop() any {
	old := *h
	t := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	t.index = -1
	return t
}

package boot

import (
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/loop"
)

// codeLate is the exit code of a wait for services that took too long, that of
// s6-svwait.
const codeLate = 99

// A readiness is the wait for services at the start: until each of them has
// been up, or ready if it announces that.
type readiness struct {
	init    *Init
	pending []string
	timer   *loop.Timer
}

// startServices is the third stage: services.d, and the wait for it if that
// is asked for.
func (i *Init) startServices() {
	dir := i.etc + "/services.d"
	if unix.Access(dir, unix.F_OK) != nil {
		i.startCMD()
		return
	}
	i.say("[services.d] starting services")
	var fs unix.Statfs_t
	if unix.Statfs(scanDir, &fs) == nil && fs.Flags&unix.ST_NOEXEC != 0 {
		i.warn("services cannot be executed: /run is mounted noexec (docker run --tmpfs /run:exec)")
	}
	names := copyServices(dir, i.warn)
	i.scanner.Rescan()
	if i.vars.is(cmdWait) {
		i.await(names)
	}
	if i.waiting == nil {
		i.servicesStarted()
	}
}

func (i *Init) servicesStarted() {
	i.say("[services.d] done.")
	i.startCMD()
}

// await waits for those of the services that are wanted up.
func (i *Init) await(names []string) {
	w := &readiness{init: i}
	for _, name := range names {
		if unix.Access(scanDir+"/"+name+"/down", unix.F_OK) != nil {
			w.pending = append(w.pending, name)
		}
	}
	if len(w.pending) == 0 {
		return
	}
	i.waiting = w
	if limit := i.vars.millis(cmdWaitMax); limit > 0 {
		w.timer = i.loop.After(limit, func() { w.late(limit) })
	}
}

// serviceEvent is told what happens to a service, in the letters of its
// fifodir.
func (i *Init) serviceEvent(name, events string) {
	w := i.waiting
	if w == nil {
		return
	}
	wanted := "u"
	if unix.Access(scanDir+"/"+name+"/notification-fd", unix.F_OK) == nil {
		wanted = "U"
	}
	if !strings.Contains(events, wanted) {
		return
	}
	for n, pending := range w.pending {
		if pending == name {
			w.pending = append(w.pending[:n], w.pending[n+1:]...)
			break
		}
	}
	if len(w.pending) == 0 {
		w.cancel()
		i.servicesStarted()
	}
}

// late goes on without the services that are not there in time.
func (w *readiness) late(limit time.Duration) {
	w.cancel()
	for _, name := range w.pending {
		w.init.warn("service", name, "is not ready after the", itoa(int(limit.Milliseconds())), "ms of S6_CMD_WAIT_FOR_SERVICES_MAXTIME")
	}
	if w.init.stageFailed("the wait for services", codeLate) {
		w.init.servicesStarted()
	}
}

func (w *readiness) cancel() {
	w.init.loop.Cancel(w.timer)
	w.init.waiting = nil
}

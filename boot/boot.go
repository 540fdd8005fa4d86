// Package boot is the init of a container: it prepares /run, runs the scripts
// of cont-init.d, supervises the services of services.d, runs the container's
// command, collects orphans, and stops everything in order.
//
// All of it happens in one process and one event loop, together with the
// scanner of package supervise. The contract is that of s6-overlay's /init.
package boot

import (
	"golang.org/x/sys/unix"

	"toolbox/boot/contenv"
	"toolbox/chain"
	"toolbox/internal/env"
	"toolbox/internal/loop"
	"toolbox/internal/sys"
	"toolbox/supervise"
)

// An Init is the one init of a container.
type Init struct {
	p       *chain.Proc
	loop    *loop.Loop
	scanner *supervise.Scanner
	vars    settings

	container env.Env // what the container was started with, with a whole PATH
	services  env.Env // what scripts and services get: PATH, or all of it
	cmd       []string
	etc       string // where the four directories of scripts and services are
	stdin     int    // the original standard input; ours is /dev/null
	rootDir   int
	all       bool // every process in sight is the container's

	scripts *sequence // of the stage that runs, or nil
	waiting *readiness
	cmdPid  int
	result  result
	stop    stopper
	ended   bool
	panics  int
}

// Run is init. It returns when everything is stopped; the error is how to
// exit. args is the command.
func Run(p *chain.Proc, args []string) error {
	i := &Init{p: p, all: ownsNamespace()}
	i.stop.init = i
	if err := i.prepare(args); err != nil {
		return err
	}
	i.guard(i.begin)
	for !i.ended {
		i.guard(func() {
			if err := i.loop.Run(); err != nil {
				i.warn("unable to wait for events:", err.Error())
				unix.Poll(nil, 1000) // rather slow than gone
			}
		})
	}
	return chain.Exit(i.result.final(i.warn))
}

// prepare does what the rest relies on; only here init may fail.
func (i *Init) prepare(args []string) (err error) {
	path, isSet := i.p.Env.Lookup("PATH")
	i.p.Env.Set("PATH", completePath(path, isSet))
	i.container = i.p.Env.Snapshot()
	i.vars = readSettings(&i.container, i.p.Warn)
	checkNames(&i.container, i.warn)
	if i.cmd, err = command(i.vars.text(cmdArg0), args); err != nil {
		return chain.Fatal(chain.CodeUsage, "unable to split S6_CMD_ARG0: "+err.Error())
	}
	if err := i.checkS6rc(); err != nil {
		return err
	}
	i.etc = "/etc"
	if profile := i.vars.text(runtimeProfile); profile != "" {
		i.etc = "/etc/cont-profile.d/" + profile
	}
	if i.loop, err = loop.New(); err != nil {
		return chain.Unable(err, "make an event loop")
	}
	if err := i.handleSignals(); err != nil {
		return chain.Unable(err, "handle signals")
	}
	if err := i.standardInput(); err != nil {
		return err
	}
	if err := makeDirectories(i.warn); err != nil {
		return chain.Fatal(chain.CodeUsage, err.Error())
	}
	i.services = i.container.Snapshot()
	if !i.vars.is(keepEnv) {
		if err := dumpEnvironment(&i.container, i.warn); err != nil {
			return chain.Fatal(chain.CodeSystem, err.Error())
		}
		i.services = env.New([]string{"PATH=" + i.container.Get("PATH")})
		sys.Scrub(func(string) bool { return false })
	}
	i.p.Env = i.services.Snapshot()
	i.result.clear()
	if unix.Getpid() != 1 {
		if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
			return chain.Unable(err, "become a child subreaper")
		}
		i.info("not process 1 here: collecting the orphans of its own processes as a child subreaper")
	}
	return i.newScanner()
}

// standardInput keeps the original for scripts and the command, and gives
// /dev/null to everybody else.
func (i *Init) standardInput() (err error) {
	if i.stdin, err = unix.FcntlInt(0, unix.F_DUPFD_CLOEXEC, 10); err != nil {
		return chain.Unable(err, "keep standard input")
	}
	if err := i.p.Open(0, "/dev/null", unix.O_RDONLY, 0); err != nil {
		return chain.Unable(err, "open", "/dev/null")
	}
	if i.rootDir, err = unix.Open("/", unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0); err != nil {
		return chain.Unable(err, "open", "/")
	}
	return nil
}

// begin starts the first stage.
func (i *Init) begin() {
	e := i.services.Snapshot()
	if i.vars.is(fixAttrsHidden) {
		e.Set(variables[fixAttrsHidden].name, "1")
	}
	i.runScripts(&sequence{name: "fix-attrs.d", verb: "applying", prog: "fix-attrs", env: e},
		"applying ownership & permissions fixes...", i.contInit)
}

// contInit is the second stage: the scripts of cont-init.d.
func (i *Init) contInit() {
	i.runScripts(&sequence{name: "cont-init.d", verb: "executing", env: i.services},
		"executing container initialization scripts...", i.startServices)
}

// runScripts runs a stage that is a sequence of scripts, then the next stage.
func (i *Init) runScripts(s *sequence, introduction string, next func()) {
	s.init, s.dir = i, i.etc+"/"+s.name
	s.failed = func(script string, code int) bool { return i.stageFailed(s.name+"/"+script, code) }
	s.done = func() {
		i.scripts = nil
		if i.stopping() {
			i.stop.check()
		} else {
			next()
		}
	}
	i.scripts = s
	s.start(introduction)
}

// scriptRuns reports whether a script of a stage is still there.
func (i *Init) scriptRuns() bool { return i.scripts != nil && i.scripts.pid != 0 }

// stageFailed acts on a step of the start that failed, and reports whether to
// go on.
func (i *Init) stageFailed(what string, code int) bool {
	switch i.vars.num(behaviour) {
	case 0:
		return true
	case 1:
		i.warn(what, "failed; going on, as S6_BEHAVIOUR_IF_STAGE2_FAILS is 1")
		return true
	}
	if !i.stopping() {
		i.warn(what, "failed; stopping, as S6_BEHAVIOUR_IF_STAGE2_FAILS is", itoa(i.vars.num(behaviour)))
		i.result.set(code)
		i.beginStop()
	}
	return false
}

// spawn starts a program with an environment of its own.
func (i *Init) spawn(argv []string, e env.Env, c chain.Child) (pid int, err error) {
	own := i.p.Env
	i.p.Env = e
	pid, err = i.p.Spawn(argv, c)
	i.p.Env = own
	return pid, err
}

// guard calls f and survives a panic in it.
func (i *Init) guard(f func()) {
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		text := "panic"
		if err, ok := r.(error); ok {
			text = err.Error()
		} else if s, ok := r.(string); ok {
			text = s
		}
		i.p.Warn("internal error:", text)
		// Deaths that the same turn of the loop was about to tell us would
		// else wait for the next one.
		unix.Kill(unix.Getpid(), unix.SIGCHLD)
		if i.panics++; i.panics > 10 {
			unix.Poll(nil, 1000) // what is wrong may stay so
		}
	}()
	f()
}

// rereadSettings takes over what scripts wrote into the container environment
// since the start.
func (i *Init) rereadSettings() {
	if i.vars.is(keepEnv) {
		return
	}
	e := env.Env{}
	if vars, err := contenv.Read(contenv.Dir); err == nil {
		e.Apply(vars)
		i.vars = readSettings(&e, func(...string) {})
	}
}

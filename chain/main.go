package chain

import (
	"errors"
	"runtime"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/env"
	"toolbox/internal/sys"
)

// only is the process. It lies in static memory because the first object of a
// size on the heap costs three page faults, a hundredth of the start-up.
var only Proc

// Main runs the applet this process was called by and what follows it, and
// ends the process. lookup is the table of applets; it must know "", which a
// name that is in no other row leads to.
func Main(lookup Lookup) {
	sys.RestoreSignals()
	sys.RestoreLimits()
	p := &only
	p.Env, p.lookup = env.New(sys.Environ()), lookup
	p.takeLimits()
	args := sys.Args()
	if len(args) > 0 {
		p.Invoked = base(args[0])
	}
	sys.Exit(p.chain(target{applet: p.called()}, args).mainCode())
}

// mainCode is the exit code of the process for a chain that ended here.
func (s Status) mainCode() int {
	if sig := s.Signal(); sig != 0 {
		return 128 + int(sig)
	}
	return s.code()
}

// called finds the applet by the name we were executed under: argv[0], argv[0]
// of a login shell, or the name of the file when argv[0] was chosen freely
// (exec -a).
func (p *Proc) called() *Applet {
	if a, ok := p.applet(p.Invoked); ok {
		return a
	}
	if a, ok := p.applet(strings.TrimPrefix(p.Invoked, "-")); ok {
		return a
	}
	if a, ok := p.applet(base(sys.Execfn())); ok {
		return a
	}
	a, _ := p.lookup("")
	return a
}

// chain enters argv, which leads to the applet t, and goes on until the chain
// ends. Outside of blocks it executes what is not ours and does not return
// then.
func (p *Proc) chain(t target, argv []string) Status {
	for {
		argv0, path := p.Argv0, p.path()
		next, err := p.enter(t.applet, argv)
		if errors.Is(err, errNeedsProcess) {
			p.Argv0 = argv0
			return p.wait(t, argv)
		}
		if err != nil || len(next) == 0 {
			return p.end(t.applet, err)
		}
		if p.NewPath {
			path = p.path()
		}
		t, err = p.resolveIn(next[0], path)
		if err != nil {
			return p.cannotExec(next, err)
		}
		argv = next
		p.Own, p.NewPath = false, false
		switch inBlock := len(p.frames) > 0; {
		case t.inPlace():
		case inBlock:
			return p.wait(t, argv)
		case t.applet != nil && t.applet.Kind != Resident:
		default:
			return p.cannotExec(argv, p.exec(t, argv))
		}
	}
}

// codeBug is the exit code of the originals for "this cannot happen".
const codeBug = 101

// enter runs one applet. A panic ends a block like a crash, and a chain with
// an internal error.
func (p *Proc) enter(a *Applet, argv []string) (next []string, err error) {
	p.prog = a.program()
	p.blocks = 0
	depth := len(p.frames)
	defer func() {
		r := recover()
		if r == nil {
			return
		}
		for len(p.frames) > depth {
			p.pop()
		}
		next, err = nil, Fatal(codeBug, "internal error:", panicText(r))
		if depth > 0 {
			p.say("fatal", err.Error())
			err = Killed(unix.SIGABRT)
		}
	}()
	var args []string
	p.Word, p.Argv0 = p.Argv0, ""
	if len(argv) > 0 {
		args = argv[1:]
		if p.Word == "" {
			p.Word = argv[0]
		}
	}
	return a.Run(p, args)
}

func panicText(r any) string {
	switch r := r.(type) {
	case runtime.Error:
		return r.Error()
	case error:
		return r.Error()
	case string:
		return r
	}
	return "panic"
}

// end reports err, if it says something, and turns it into a status.
func (p *Proc) end(a *Applet, err error) Status {
	switch e := err.(type) {
	case nil:
		return 0
	case Exit:
		return Exited(int(e))
	case Killed:
		return KilledBy(unix.Signal(e))
	case *Error:
		if e == ErrUsage {
			p.say("usage", a.Usage)
			return Exited(e.Code)
		}
		if len(p.frames) > 0 && e.Err == unix.EPIPE && !sys.InheritedIgnored(unix.SIGPIPE) {
			return KilledBy(unix.SIGPIPE)
		}
		if len(p.frames) > 0 && e.Err == unix.EFBIG && !sys.InheritedIgnored(unix.SIGXFSZ) {
			return KilledBy(unix.SIGXFSZ)
		}
		p.say("fatal", e.Error())
		return Exited(e.Code)
	}
	p.say("fatal", err.Error())
	return Exited(CodeSystem)
}

// cannotExec reports that argv could not be executed. The status is 127 for
// "not found", 126 for everything else.
func (p *Proc) cannotExec(argv []string, err error) Status {
	f, ok := err.(*sys.Failure)
	if ok {
		err = f.Errno
		if f.Stage != sys.StageExec {
			p.say("fatal", "unable to "+f.Stage.String()+" for "+argv[0]+": "+err.Error())
			return Exited(CodeSystem)
		}
	}
	text := "unable to exec " + argv[0] + ": " + err.Error()
	if err == unix.E2BIG {
		text += p.tooBig(argv)
	}
	p.say("fatal", text)
	return Exited(execCode(err))
}

// execCode is the exit code for a program that could not be executed.
func execCode(err error) int {
	if err == unix.ENOENT {
		return CodeNoEntry
	}
	return CodeNoExec
}

// tooBig says how large what execve refused is, and how large it may be.
func (p *Proc) tooBig(argv []string) string {
	size, longest := 0, 0
	for _, list := range [][]string{argv, p.Env.Strings()} {
		for _, s := range list {
			size += len(s) + 1 + 8 // the string, its NUL, and a pointer to it
			longest = max(longest, len(s)+1)
		}
	}
	// execve(2): a quarter of the stack limit, at most 6 MiB, at least 128 KiB;
	// one string at most 32 pages.
	limit := 6 << 20
	if stack, err := p.Limit(unix.RLIMIT_STACK); err == nil && stack.Cur/4 < uint64(limit) {
		limit = max(int(stack.Cur/4), 128<<10)
	}
	if longestMax := 32 * unix.Getpagesize(); longest > longestMax {
		return " (the longest argument or variable has " + strconv.Itoa(longest) + " bytes, at most " +
			strconv.Itoa(longestMax) + " are possible)"
	}
	return " (arguments and environment have " + strconv.Itoa(size) + " bytes, at most " +
		strconv.Itoa(limit) + " are possible)"
}

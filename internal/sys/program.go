package sys

import (
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A Program is a list of system calls that ends in execve. It is prepared in
// full, then either [Program.Exec] performs it in this process or
// [Program.Spawn] in a new one. Between the first call and the last no Go
// code runs and no memory is allocated, so limits may be set that Go could
// not live under, descriptors 0 to 2 may be closed, and the child can share
// our memory until it executes.
//
// The zero value is an empty program. A program may be used again after
// [Program.Reset].
type Program struct {
	steps  []step
	stages []Stage
	keep   []unsafe.Pointer // what the steps point to
	mask   Set              // to block
	start  *uint64          // the mask that the last step but execve sets
}

// step is one system call; run_*.s knows its layout (64 bytes).
type step struct {
	nr uintptr
	a  [6]uintptr
	// cont holds the errors (bit n: errno n) after which the next step
	// follows; all ones: errors of this step do not matter at all.
	cont uint64
}

// result is where the steps report: the error that counts, the step that had
// it, and whether the steps ended without executing a program; an execve that
// succeeds leaves the errors of the paths tried before it; and the pid of the
// process that [Program.Orphan] made. run_*.s knows its layout.
type result struct {
	errno  int32
	step   int32
	ended  int32
	orphan int32
}

const ignoreErrors = ^uint64(0)

// execErrors are those after which the search along PATH goes on, as skalibs'
// execvep has it.
const execErrors = 1<<uint(unix.ENOENT) | 1<<uint(unix.EACCES) | 1<<uint(unix.EPERM) |
	1<<uint(unix.EISDIR) | 1<<uint(unix.ENOTDIR)

// A Stage says what a step of a program is for.
type Stage uint8

// The stages, in the order they usually come.
const (
	StageSignals Stage = iota
	StageDescriptors
	StageSession
	StageDirectory
	StageNamespace
	StageLimits
	StageCredentials
	StageExec
)

var stageText = [...]string{
	StageSignals:     "set signal dispositions",
	StageDescriptors: "set descriptors",
	StageSession:     "start a session or process group",
	StageDirectory:   "change directory",
	StageNamespace:   "set up namespaces",
	StageLimits:      "set resource limits",
	StageCredentials: "change credentials",
	StageExec:        "exec",
}

func (s Stage) String() string { return stageText[s] }

// A Failure is the error of a program that could not be executed.
type Failure struct {
	Stage Stage
	Errno unix.Errno
}

func (f *Failure) Error() string { return "unable to " + f.Stage.String() + ": " + f.Errno.Error() }

// Unwrap returns the errno.
func (f *Failure) Unwrap() error { return f.Errno }

// Reset empties the program and keeps its memory.
func (p *Program) Reset() {
	clear(p.keep)
	*p = Program{steps: p.steps[:0], stages: p.stages[:0], keep: p.keep[:0]}
}

func (p *Program) add(stage Stage, cont uint64, nr uintptr, a ...uintptr) {
	s := step{nr: nr, cont: cont}
	copy(s.a[:], a)
	p.steps = append(p.steps, s)
	p.stages = append(p.stages, stage)
}

// Call adds a system call that must succeed.
func (p *Program) Call(stage Stage, nr uintptr, a ...uintptr) { p.add(stage, 0, nr, a...) }

// Try adds a system call whose error is ignored.
func (p *Program) Try(stage Stage, nr uintptr, a ...uintptr) { p.add(stage, ignoreErrors, nr, a...) }

// String returns s as a C string that lives as long as the program, to be
// an argument of [Program.Call].
func (p *Program) String(s string) uintptr {
	b := make([]byte, len(s)+1)
	copy(b, s)
	return p.Pointer(unsafe.Pointer(&b[0]))
}

// Pointer keeps what ptr points to alive, and returns it as an argument. It
// must point into the heap.
func (p *Program) Pointer(ptr unsafe.Pointer) uintptr {
	p.keep = append(p.keep, ptr)
	return uintptr(ptr)
}

// Dup2 makes descriptor to a copy of from that survives execve, also when the
// two are equal.
func (p *Program) Dup2(from, to int) {
	if from == to {
		p.Call(StageDescriptors, unix.SYS_FCNTL, uintptr(from), unix.F_SETFD, 0)
		return
	}
	p.Call(StageDescriptors, unix.SYS_DUP3, uintptr(from), uintptr(to), 0)
}

// Close closes fd; a closed one is no error.
func (p *Program) Close(fd int) { p.Try(StageDescriptors, unix.SYS_CLOSE, uintptr(fd)) }

// Fchdir makes the open directory fd the working directory.
func (p *Program) Fchdir(fd int) { p.Call(StageDirectory, unix.SYS_FCHDIR, uintptr(fd)) }

// Setsid starts a new session.
func (p *Program) Setsid() { p.Call(StageSession, unix.SYS_SETSID) }

// Orphan makes one more process, which alone performs the rest of the program,
// while the first one exits: the program's parent will be init, or the next
// subreaper. It is for [Program.Spawn] only, which then returns the pid of the
// second process; there is nothing to wait for.
func (p *Program) Orphan() {
	p.Call(StageSession, unix.SYS_CLONE, unix.CLONE_VM|unix.CLONE_VFORK|uintptr(unix.SIGCHLD), 0, 0, 0, 0)
}

// Umask sets the file mode creation mask.
func (p *Program) Umask(mask int) { p.Try(StageDirectory, unix.SYS_UMASK, uintptr(mask)) }

// Limit sets both values of a resource limit.
func (p *Program) Limit(resource int, lim unix.Rlimit) {
	l := new(unix.Rlimit)
	*l = lim
	p.Call(StageLimits, unix.SYS_PRLIMIT64, 0, uintptr(resource), p.Pointer(unsafe.Pointer(l)), 0)
}

// Signal gives sig the disposition "ignored" or "default".
func (p *Program) Signal(sig unix.Signal, ignore bool) {
	act := new(sigaction)
	if ignore {
		act.handler = sigIgn
	}
	p.Try(StageSignals, unix.SYS_RT_SIGACTION, uintptr(sig), p.Pointer(unsafe.Pointer(act)), 0, 8)
}

// Block adds sigs to the mask the program starts with. Otherwise that is the
// one this process inherited or, in a new process, an empty one.
func (p *Program) Block(sigs Set) { p.mask |= sigs }

// Execve ends the program: argv with environment envp is executed from the
// first of paths that can be. Strings end at their first NUL, as in C.
func (p *Program) Execve(paths, argv, envp []string) {
	p.signals()
	a, e := p.vector(argv), p.vector(envp)
	for _, path := range paths {
		p.add(StageExec, execErrors, unix.SYS_EXECVE, p.String(path), a, e)
	}
}

// signals gives back what execve itself would not: the dispositions of the
// runtime's signals, then the mask.
func (p *Program) signals() {
	for sig := unix.Signal(1); sig <= numSignals; sig++ {
		if !handled.Has(sig) || sig == unix.SIGKILL || sig == unix.SIGSTOP {
			continue
		}
		h := inheritedDisposition(sig)
		if d := deferred[sig]; d != 0 {
			h = d - 1
		}
		p.Signal(sig, h == sigIgn)
	}
	p.start = new(uint64)
	p.Call(StageSignals, unix.SYS_RT_SIGPROCMASK, unix.SIG_SETMASK, p.Pointer(unsafe.Pointer(p.start)), 0, 8)
}

// vector returns ss as a null-terminated array of C strings in two pieces of
// memory, however many strings there are.
func (p *Program) vector(ss []string) uintptr {
	size := 0
	for _, s := range ss {
		size += len(s) + 1
	}
	text := make([]byte, size+1)
	ptrs := make([]*byte, len(ss)+1)
	at := 0
	for i, s := range ss {
		ptrs[i] = &text[at]
		at += copy(text[at:], s) + 1
	}
	return p.Pointer(unsafe.Pointer(&ptrs[0]))
}

func (p *Program) setMask(mask uint64) {
	if p.start != nil {
		*p.start = mask | uint64(p.mask)
	}
}

//go:noescape
func runSteps(clone uintptr, pidfd *int32, steps *step, n uintptr, res *result) (r uintptr)

// Exec performs the program in this process. It returns only if a step fails.
func (p *Program) Exec() *Failure {
	res := new(result)
	p.setMask(inheritedMask())
	old := saveHandlers()
	runtimeBeforeExec()
	runSteps(0, nil, &p.steps[0], uintptr(len(p.steps)), res)
	runtimeAfterExec()
	// The last steps before execve gave the signals back to the program that
	// is not coming.
	old.restore()
	runtime.KeepAlive(p)
	return p.failure(res)
}

func (p *Program) failure(res *result) *Failure {
	if res.ended == 0 {
		return nil
	}
	return &Failure{Stage: p.stages[res.step], Errno: unix.Errno(res.errno)}
}

// Spawn performs the program in a new child process and returns when the
// program is executed, or why it could not be; then there is no child left.
// flags are added to those of clone(2): CLONE_NEWPID and its like, CLONE_PIDFD,
// for which the descriptor is stored in pidfd, or CLONE_PARENT_SETTID, for
// which the pid is stored there before the first step.
func (p *Program) Spawn(flags uintptr, pidfd *int32) (pid int, err error) {
	res := new(result)
	p.setMask(0) // as skalibs' cspawn does
	r := p.clone(flags|unix.CLONE_VM|unix.CLONE_VFORK|uintptr(unix.SIGCHLD), pidfd, res)
	runtime.KeepAlive(p)
	if int(r) < 0 {
		return 0, unix.Errno(-int(r))
	}
	f := p.failure(res)
	if f != nil || res.orphan != 0 {
		Wait(int(r))
	}
	switch {
	case f != nil:
		return 0, f
	case res.orphan != 0:
		return int(res.orphan), nil
	}
	return int(r), nil
}

// clone holds what must happen with signals blocked and the stack fixed.
//
//go:noinline
//go:norace
func (p *Program) clone(flags uintptr, pidfd *int32, res *result) uintptr {
	steps, n := &p.steps[0], uintptr(len(p.steps))
	runtimeBeforeFork()
	r := runSteps(flags, pidfd, steps, n, res)
	runtimeAfterFork()
	return r
}

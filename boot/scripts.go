package boot

import (
	"sort"
	"strconv"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/env"
	"toolbox/internal/loop"
	"toolbox/internal/sys"
)

// A sequence runs the scripts of a directory, in byte order, one after the
// other.
type sequence struct {
	init *Init
	name string        // of the directory, for messages
	verb string        // what is done to a script, for messages
	dir  string        // its path
	prog string        // applet of ours that reads the files; empty: they are executed
	env  env.Env       // of the scripts
	cwd  int           // descriptor of the directory they start in, 0: init's
	max  time.Duration // for each of them, then it is killed; 0: no limit
	// failed is told the exit code of each script that fails, and whether to
	// go on.
	failed func(script string, code int) (goOn bool)
	done   func()

	todo    []string
	stopped bool // before its end
	pid     int  // of the script that runs, 0: none
	timer   *loop.Timer
}

// start runs the sequence. A directory that is missing is as good as an empty
// one.
func (s *sequence) start(introduction string) {
	names, err := sys.ReadDir(unix.AT_FDCWD, s.dir)
	if err != nil {
		if err != unix.ENOENT {
			s.init.warn("unable to read", s.dir+":", err.Error())
		}
		s.done()
		return
	}
	for _, name := range names {
		if name[0] != '.' {
			s.todo = append(s.todo, name)
		}
	}
	sort.Strings(s.todo)
	s.init.say("[" + s.name + "] " + introduction)
	s.next()
}

// next starts the next script that can be started.
func (s *sequence) next() {
	for len(s.todo) > 0 {
		name := s.todo[0]
		s.todo = s.todo[1:]
		s.init.say("[" + s.name + "] " + name + ": " + s.verb + "... ")
		path := s.dir + "/" + name
		pid, err := s.spawn(path)
		if err == nil {
			s.watch(name, pid)
			return
		}
		s.init.warn("unable to execute", path+":", reason(err).Error())
		s.exited(name, chain.SpawnCode(err))
	}
	if !s.stopped {
		s.init.say("[" + s.name + "] done.")
	}
	s.done()
}

func (s *sequence) spawn(path string) (pid int, err error) {
	if s.prog != "" {
		return s.init.spawnOwn([]string{s.prog, path}, s.env)
	}
	s.init.makeExecutable(path)
	return s.init.spawnScript(path, s.env, s.cwd)
}

// watch waits for a script.
func (s *sequence) watch(name string, pid int) {
	s.pid = pid
	if s.max > 0 {
		s.timer = s.init.loop.After(s.max, func() {
			s.init.warn(s.dir+"/"+name, "is killed: it took longer than", strconv.FormatInt(s.max.Milliseconds(), 10), "ms")
			unix.Kill(s.pid, unix.SIGKILL)
		})
	}
	s.init.loop.Child(pid, func(ws unix.WaitStatus) {
		s.pid = 0
		s.init.loop.Cancel(s.timer)
		s.exited(name, statusCode(ws))
		s.next()
	})
}

func (s *sequence) exited(name string, code int) {
	s.init.say("[" + s.name + "] " + name + ": exited " + strconv.Itoa(code) + ".")
	if code != 0 && !s.failed(name, code) {
		s.stopped, s.todo = true, nil
	}
}

// interrupt ends the sequence after the script that runs, which is asked to
// end too.
func (s *sequence) interrupt() {
	s.stopped, s.todo = true, nil
	if s.pid != 0 {
		unix.Kill(s.pid, unix.SIGTERM)
		unix.Kill(s.pid, unix.SIGCONT)
	}
}

// makeExecutable gives a script the mode of one, where that is possible.
// s6-overlay 2 does so with everything it is about to execute.
func (i *Init) makeExecutable(path string) {
	if unix.Access(path, unix.X_OK) == nil {
		return
	}
	var st unix.Stat_t
	if unix.Stat(path, &st) == nil && st.Mode&unix.S_IFMT == unix.S_IFREG {
		unix.Chmod(path, st.Mode&0o7777|0o111)
	}
}

// spawnScript executes a script; one without a first line that names its
// interpreter is the shell's.
func (i *Init) spawnScript(path string, e env.Env, cwd int) (pid int, err error) {
	child := chain.Child{Fds: []chain.FdCopy{{From: i.stdin, To: 0}}, Dir: cwd}
	pid, err = i.spawn([]string{path}, e, child)
	if reason(err) == unix.ENOEXEC {
		pid, err = i.spawn([]string{"/bin/sh", path}, e, child)
	}
	return pid, err
}

// spawnOwn executes an applet of ours.
func (i *Init) spawnOwn(argv []string, e env.Env) (pid int, err error) {
	i.p.Own = true
	defer func() { i.p.Own = false }()
	return i.spawn(argv, e, chain.Child{})
}

// reason is the system's part of an error of spawn.
func reason(err error) error {
	if f, ok := err.(*sys.Failure); ok {
		return f.Errno
	}
	return err
}

// statusCode is the exit code, or 128 plus the signal.
func statusCode(ws unix.WaitStatus) int {
	if ws.Signaled() {
		return 128 + int(ws.Signal())
	}
	return ws.ExitStatus()
}

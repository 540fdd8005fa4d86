package boot

import (
	"errors"
	"strconv"

	"golang.org/x/sys/unix"

	"toolbox/internal/tree"
)

// Where things are. The old names are those of s6-overlay 2.
const (
	scanDir    = "/run/service"
	stateDir   = "/run/s6"
	oldState   = "/var/run/s6"
	resultsDir = "/run/s6-linux-init-container-results"
	stage3Dir  = stateDir + "/env-stage3"
)

// shared are the names in stateDir that scripts know, and their modes; a mode
// of 0 is the link to the scan directory.
var shared = [...]struct {
	name string
	mode uint32
}{
	{"container_environment", 0o700},
	{"env-stage3", 0o755},
	{"services", 0},
}

// makeDirectories makes the directories of a fresh start; what an earlier run
// of this container left in /run is removed. It fails if another init is at
// work there.
func makeDirectories(warn func(words ...string)) error {
	if pid, busy := lockedBy(scanDir + "/.s6-svscan/lock"); busy {
		return &fault{"start", "in " + scanDir, busyError(pid)}
	}
	for _, path := range [...]string{scanDir, resultsDir} {
		if err := tree.Remove(path); err != nil {
			return explainRun(err)
		}
	}
	for _, dir := range [...]string{"/run", scanDir, resultsDir, stateDir} {
		if err := unix.Mkdir(dir, 0o755); err != nil && (err != unix.EEXIST || dir == scanDir) {
			return &fault{"make", dir, explainRun(err)}
		}
	}
	for _, s := range shared {
		path := stateDir + "/" + s.name
		if err := tree.Remove(path); err != nil {
			return err
		}
		var err error
		if s.mode == 0 {
			err = unix.Symlink(scanDir, path)
		} else {
			err = unix.Mkdir(path, s.mode)
		}
		if err != nil {
			return &fault{"make", path, err}
		}
	}
	if err := linkOldState(); err != nil {
		warn(err.Error() + " (scripts that use " + oldState + " will fail; a link /var/run to /run cures it)")
	}
	return nil
}

// linkOldState makes the names of s6-overlay 2 lead to the same places.
func linkOldState() error {
	if unix.Access("/var/run", unix.F_OK) == unix.ENOENT {
		unix.Mkdir("/var", 0o755)
		if err := unix.Symlink("/run", "/var/run"); err != nil {
			return &fault{"make", "/var/run", err}
		}
	}
	if sameFile(stateDir, oldState) {
		return nil
	}
	err := unix.Symlink(stateDir, oldState)
	if err == nil {
		return nil
	}
	if err != unix.EEXIST {
		return &fault{"make", oldState, err}
	}
	// Something of the image's own: only the names in it are ours.
	for _, s := range shared {
		path := oldState + "/" + s.name
		if err := tree.Remove(path); err != nil {
			return err
		}
		if err := unix.Symlink(stateDir+"/"+s.name, path); err != nil {
			return &fault{"make", path, err}
		}
	}
	return nil
}

func sameFile(a, b string) bool {
	var st, other unix.Stat_t
	return unix.Stat(a, &st) == nil && unix.Stat(b, &other) == nil && st.Dev == other.Dev && st.Ino == other.Ino
}

// lockedBy reports whether a process, pid if it can be seen, holds the lock.
func lockedBy(path string) (pid int, busy bool) {
	fd, err := unix.Open(path, unix.O_RDWR|unix.O_NONBLOCK|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return 0, false
	}
	defer unix.Close(fd)
	lock := unix.Flock_t{Type: unix.F_WRLCK}
	if unix.FcntlFlock(uintptr(fd), unix.F_GETLK, &lock) != nil {
		return 0, false
	}
	return int(lock.Pid), lock.Type != unix.F_UNLCK
}

// busyError is the process that is in the way.
type busyError int

func (e busyError) Error() string {
	if e > 0 {
		return "process " + strconv.Itoa(int(e)) + " supervises it"
	}
	return "another process supervises it"
}

// explainRun adds the cure to what is usually wrong with /run.
func explainRun(err error) error {
	switch {
	case errors.Is(err, unix.EROFS), errors.Is(err, unix.ENOENT):
		return &cured{err, "mount a tmpfs on /run, as in docker run --tmpfs /run:exec"}
	case errors.Is(err, unix.EACCES), errors.Is(err, unix.EPERM):
		return &cured{err, "give /run to the container's user, or mount a tmpfs there: --tmpfs /run:exec,mode=1777"}
	}
	return err
}

// cured is an error with what helps against it.
type cured struct {
	err  error
	cure string
}

func (c *cured) Error() string { return c.err.Error() + " (" + c.cure + ")" }

// Unwrap returns the error.
func (c *cured) Unwrap() error { return c.err }

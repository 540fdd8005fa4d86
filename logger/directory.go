package logger

import (
	"bytes"
	"sort"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
	"toolbox/internal/tai"
)

// The files of a log directory. current has its owner's x bit only while it
// is complete: after a clean end, and in archives.
const (
	currentFile   = "current"
	previousFile  = "previous"
	processedFile = "processed"
	stateFile     = "state"
	newStateFile  = "newstate"
	lockFile      = "lock"
)

// archiveSize is the length of an archive's name: a TAI64N label, ".s" for a
// file that ended as it should, or ".u" for one a crash left.
const archiveSize = tai.TextSize + 2

// A directory is an open log directory. What could not be written yet stays
// in pending, and rotation goes on where it failed.
type directory struct {
	dirSettings
	path    string
	warn    func(words ...string)
	dir     int
	lock    int
	fd      int // current
	mode    uint32
	size    int64  // of current
	pending []byte // lines for current
	next    step   // of a rotation that is under way
	failed  bool   // wait before trying again
	again   time.Time
	rotates time.Time // when every has passed
}

// step is how far a rotation has come.
type step uint8

const (
	writing step = iota // no rotation
	syncing
	renaming
	creating
	marking
	archiving
)

// An openError says what could not be done to a log directory at the start.
type openError struct {
	verb, path string
	err        error
}

func (e *openError) Error() string {
	return "unable to " + e.verb + " " + e.path + ": " + e.err.Error()
}
func (e *openError) Unwrap() error { return e.err }

// openDirectory makes, locks and repairs a log directory, and opens current.
// mode is that of its files.
func openDirectory(path string, s dirSettings, mode uint32, warn func(words ...string)) (*directory, error) {
	d := &directory{dirSettings: s, path: path, warn: warn, mode: mode, fd: -1, lock: -1}
	if err := unix.Mkdir(path, 0o2700); err != nil && err != unix.EEXIST {
		return nil, &openError{"mkdir", path, err}
	}
	var err error
	if d.dir, err = unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0); err != nil {
		return nil, &openError{"open", path, err}
	}
	d.lock, err = unix.Openat(d.dir, lockFile, unix.O_WRONLY|unix.O_CREAT|unix.O_NONBLOCK|unix.O_CLOEXEC, 0o666)
	if err != nil {
		return nil, &openError{"open", path + "/" + lockFile, err}
	}
	lk := unix.Flock_t{Type: unix.F_WRLCK}
	if err := unix.FcntlFlock(uintptr(d.lock), unix.F_SETLK, &lk); err != nil {
		if err == unix.EAGAIN || err == unix.EACCES {
			err = unix.EBUSY
		}
		return nil, &openError{"lock", path + "/" + lockFile, err}
	}
	if err := d.repair(); err != nil {
		return nil, err
	}
	// Processors expect a state to read.
	if fd, err := unix.Openat(d.dir, stateFile, unix.O_WRONLY|unix.O_CREAT|unix.O_APPEND|unix.O_NONBLOCK|unix.O_CLOEXEC|unix.O_NOFOLLOW, 0o666); err == nil {
		unix.Close(fd)
	}
	if err := d.openCurrent(); err != nil {
		return nil, &openError{"open", path + "/" + currentFile, err}
	}
	d.armInterval()
	return d, nil
}

// repair turns what a crash left into archives: a current that was not closed,
// and a rotation that was not finished.
func (d *directory) repair() error {
	if d.marked(currentFile) {
		return nil
	}
	unix.Unlinkat(d.dir, stateFile, 0)
	unix.Unlinkat(d.dir, newStateFile, 0)
	if d.marked(processedFile) {
		unix.Unlinkat(d.dir, previousFile, 0)
		if err := d.archive(processedFile, 's'); err != nil {
			return &openError{"finish processed .s for logdir", d.path, err}
		}
	} else {
		unix.Unlinkat(d.dir, processedFile, 0)
		if err := d.archive(previousFile, 'u'); err != nil {
			return &openError{"finish previous .u for logdir", d.path, err}
		}
	}
	if err := d.archive(currentFile, 'u'); err != nil {
		return &openError{"finish current .u for logdir", d.path, err}
	}
	return nil
}

// marked reports whether a file is there and complete.
func (d *directory) marked(name string) bool {
	var st unix.Stat_t
	return unix.Fstatat(d.dir, name, &st, 0) == nil && st.Mode&unix.S_IXUSR != 0
}

// openCurrent opens current to append, unmarked.
func (d *directory) openCurrent() error {
	fd, err := unix.Openat(d.dir, currentFile, unix.O_WRONLY|unix.O_APPEND|unix.O_CREAT|unix.O_CLOEXEC|unix.O_NOFOLLOW, 0o666)
	if err != nil {
		return err
	}
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		unix.Close(fd)
		return err
	}
	unix.Fchmod(fd, d.mode)
	if d.fd >= 0 {
		unix.Close(d.fd)
	}
	d.fd, d.size = fd, st.Size
	return nil
}

// archive gives a file its name for good; an empty one is just removed, and
// one that is not there is no error.
func (d *directory) archive(name string, suffix byte) error {
	var st unix.Stat_t
	if err := unix.Fstatat(d.dir, name, &st, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		if err == unix.ENOENT {
			return nil
		}
		return err
	}
	if st.Nlink == 1 && st.Size > 0 {
		label := append(tai.Now().Append(make([]byte, 0, archiveSize)), '.', suffix)
		if err := unix.Linkat(d.dir, name, d.dir, string(label), 0); err != nil {
			return err
		}
	}
	if err := unix.Unlinkat(d.dir, name, 0); err != nil {
		return err
	}
	return d.trim()
}

// trim removes the oldest archives over the limits.
func (d *directory) trim() error {
	names, err := sys.ReadDir(d.dir, ".")
	if err != nil {
		return err
	}
	var archives []string
	sizes := make(map[string]int64)
	total := int64(0)
	for _, name := range names {
		var st unix.Stat_t
		if !isArchive(name) || unix.Fstatat(d.dir, name, &st, unix.AT_SYMLINK_NOFOLLOW) != nil {
			continue
		}
		archives = append(archives, name)
		sizes[name] = st.Size
		total += st.Size
	}
	sort.Strings(archives)
	for len(archives) > d.archives || len(archives) > 0 && d.total > 0 && total > d.total {
		if err := unix.Unlinkat(d.dir, archives[0], 0); err != nil {
			d.warn("unable to unlink", d.path+"/"+archives[0]+":", err.Error())
		}
		total -= sizes[archives[0]]
		archives = archives[1:]
	}
	return nil
}

func isArchive(name string) bool {
	if len(name) != archiveSize || name[tai.TextSize] != '.' {
		return false
	}
	_, err := tai.Parse([]byte(name))
	return err == nil && (name[archiveSize-1] == 's' || name[archiveSize-1] == 'u')
}

// room returns how much current may still take before it is too large.
func (d *directory) room() int64 { return d.dirSettings.size - d.size - int64(len(d.pending)) }

// add takes a line over. It is written by flush at the latest.
func (d *directory) add(line []byte) {
	if d.next == writing && int64(len(line)) > d.room() && d.size+int64(len(d.pending)) > 0 {
		d.rotate()
	}
	d.pending = append(d.pending, line...)
	if d.next == writing && d.room() <= d.tolerance && bytes.HasSuffix(line, []byte("\n")) {
		d.rotate()
	}
}

// busy reports whether something is still to be written or rotated.
func (d *directory) busy() bool { return len(d.pending) > 0 || d.next != writing }

// flush writes what is pending. After an error it waits until again.
func (d *directory) flush() {
	if d.failed && time.Now().Before(d.again) {
		return
	}
	d.failed = false
	if d.next != writing && !d.goOn() {
		return
	}
	for len(d.pending) > 0 {
		chunk := d.pending
		// What came in during a failed rotation must be divided too.
		if room := d.dirSettings.size - d.size; int64(len(chunk)) > room {
			if i := bytes.LastIndexByte(chunk[:max(room, 0)], '\n'); i >= 0 {
				chunk = chunk[:i+1]
			} else if d.size > 0 {
				d.next = syncing
				if !d.goOn() {
					return
				}
				continue
			} else if i := bytes.IndexByte(chunk, '\n'); i >= 0 {
				chunk = chunk[:i+1]
			}
		}
		n, err := unix.Write(d.fd, chunk)
		if err == unix.EINTR {
			continue
		}
		if err != nil || n <= 0 {
			d.fail("write to", currentFile, err)
			return
		}
		d.size += int64(n)
		d.pending = d.pending[n:]
	}
	d.pending = d.pending[:0]
}

func (d *directory) fail(verb, name string, err error) {
	if err == nil {
		err = unix.ENOSPC
	}
	d.warn("unable to", verb, d.path+"/"+name+":", err.Error())
	d.failed, d.again = true, time.Now().Add(d.retry)
}

// rotate makes an archive of current, once what is pending is in it.
func (d *directory) rotate() {
	d.flush()
	if len(d.pending) > 0 || d.next != writing || d.size == 0 {
		return // written later, and divided then
	}
	d.next = syncing
	d.goOn()
}

// goOn does the steps of a rotation and reports whether it is complete; a
// step that fails is tried again later.
func (d *directory) goOn() bool {
	var err error
	for d.next != writing {
		switch d.next {
		case syncing:
			if err = unix.Fsync(d.fd); err == unix.EINVAL || err == unix.EROFS {
				err = nil // a file system without it
			}
			if err != nil {
				d.fail("fsync", currentFile, err)
				return false
			}
			d.next = renaming
		case renaming:
			if err = unix.Renameat(d.dir, currentFile, d.dir, previousFile); err != nil {
				d.fail("rename", currentFile, err)
				return false
			}
			d.next = creating
		case creating:
			if err = d.openCurrent(); err != nil {
				d.fail("open", currentFile, err)
				return false
			}
			d.next = marking
		case marking:
			if err = unix.Fchmodat(d.dir, previousFile, d.mode|unix.S_IXUSR, 0); err != nil {
				d.fail("chmod", previousFile, err)
				return false
			}
			d.next = archiving
		case archiving:
			if err = d.archive(previousFile, 's'); err != nil {
				d.fail("archive", previousFile, err)
				return false
			}
			d.next = writing
			d.armInterval()
		}
	}
	return true
}

func (d *directory) armInterval() {
	if d.every > 0 {
		d.rotates = time.Now().Add(d.every)
	}
}

// close marks current as complete.
func (d *directory) close() {
	unix.Fsync(d.fd)
	unix.Fchmod(d.fd, d.mode|unix.S_IXUSR)
	unix.Close(d.fd)
	unix.Close(d.lock)
	unix.Close(d.dir)
}

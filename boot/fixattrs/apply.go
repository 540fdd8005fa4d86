package fixattrs

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/glob"
	"toolbox/internal/sys"
)

// An Applier carries rules out.
type Applier struct {
	// Hidden makes recursion enter names that start with a dot.
	Hidden bool
	// Failed is told about every file that could not be changed; the walk goes
	// on.
	Failed func(verb, path string, err error)
}

// Apply gives what matches the rule its owner and modes. An inode that has
// them already is not written. Symbolic links are neither followed nor
// changed, below the pattern's own path; a link on the way there is followed
// only if nobody but root can have put it there.
func (a *Applier) Apply(r Rule) {
	paths, _ := glob.Expand(r.Path, 0, func(dir string, err error) bool {
		a.Failed("read directory", dir, err)
		return true
	})
	for _, path := range paths {
		dir, err := openParent(path)
		if err != nil {
			a.Failed("reach", path, err)
			continue
		}
		a.fix(r, dir, lastComponent(path), path)
		unix.Close(dir)
	}
}

// fix handles one name in the open directory dir; path is for messages.
func (a *Applier) fix(r Rule, dir int, name, path string) {
	var st unix.Stat_t
	if err := unix.Fstatat(dir, name, &st, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		a.Failed("stat", path, err)
		return
	}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFLNK:
	case unix.S_IFDIR:
		a.fixDir(r, dir, name, path)
	default:
		if r.wants(&st, r.FileMode) {
			a.fixFile(r, dir, name, path)
		}
	}
}

// wants reports whether an inode has to be written.
func (r *Rule) wants(st *unix.Stat_t, mode int) bool {
	return int(st.Uid) != r.UID || int(st.Gid) != r.GID || mode != KeepMode && int(st.Mode&0o7777) != mode
}

func (a *Applier) fixFile(r Rule, dir int, name, path string) {
	// O_PATH: opening a device or a fifo would act on it.
	fd, err := unix.Openat(dir, name, unix.O_PATH|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		a.Failed("open", path, err)
		return
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		a.Failed("stat", path, err)
		return
	}
	switch st.Mode & unix.S_IFMT {
	case unix.S_IFLNK, unix.S_IFDIR:
		return // exchanged since it was looked at: not what the rule saw
	}
	a.write(r, fd, &st, r.FileMode, path)
}

func (a *Applier) fixDir(r Rule, dir int, name, path string) {
	fd, err := unix.Openat(dir, name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		a.Failed("open", path, err)
		return
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		a.Failed("stat", path, err)
		return
	}
	a.write(r, fd, &st, r.DirMode, path)
	if !r.Recurse {
		return
	}
	names, err := sys.ReadDirFd(fd)
	if err != nil {
		a.Failed("read directory", path, err)
	}
	for _, name := range names {
		if name[0] != '.' || a.Hidden {
			a.fix(r, fd, name, strings.TrimSuffix(path, "/")+"/"+name)
		}
	}
}

// write changes the open inode fd where it differs.
func (a *Applier) write(r Rule, fd int, st *unix.Stat_t, mode int, path string) {
	if int(st.Uid) != r.UID || int(st.Gid) != r.GID {
		if err := unix.Fchownat(fd, "", r.UID, r.GID, unix.AT_EMPTY_PATH); err != nil {
			a.Failed("change owner of", path, err)
			return
		}
		// The kernel takes the setuid and setgid bits away then.
		st.Mode &^= unix.S_ISUID | unix.S_ISGID
	}
	if mode == KeepMode || int(st.Mode&0o7777) == mode {
		return
	}
	// fchmod refuses an O_PATH descriptor, and fchmodat2 is young.
	if err := unix.Fchmodat(unix.AT_FDCWD, "/proc/self/fd/"+strconv.Itoa(fd), uint32(mode), 0); err != nil {
		a.Failed("change mode of", path, err)
	}
}

// openParent opens the directory that path's last component is in. It follows
// a symbolic link only if its directory is root's and nobody else's to write
// to: any other link may have been put there to lead elsewhere.
func openParent(path string) (int, error) {
	start := "."
	if strings.HasPrefix(path, "/") {
		start = "/"
	}
	dir, err := unix.Open(start, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1, err
	}
	components := strings.FieldsFunc(path, isSlash)
	for _, name := range components[:max(len(components)-1, 0)] {
		flags := unix.O_PATH | unix.O_DIRECTORY | unix.O_CLOEXEC
		if !trusted(dir) {
			flags |= unix.O_NOFOLLOW
		}
		next, err := unix.Openat(dir, name, flags, 0)
		unix.Close(dir)
		if err != nil {
			return -1, err
		}
		dir = next
	}
	return dir, nil
}

// trusted reports whether only root can have made what is in dir. A directory
// of this process's own user is as good when that is not root: then nothing
// can be gained.
func trusted(dir int) bool {
	var st unix.Stat_t
	if unix.Fstat(dir, &st) != nil {
		return false
	}
	return (st.Uid == 0 || int(st.Uid) == unix.Geteuid()) && st.Mode&0o022 == 0
}

func isSlash(r rune) bool { return r == '/' }

// lastComponent returns the name in the parent directory; the root is its own
// parent.
func lastComponent(path string) string {
	path = strings.TrimRight(path, "/")
	if path == "" {
		return "."
	}
	return path[strings.LastIndexByte(path, '/')+1:]
}

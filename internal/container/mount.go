package container

import (
	"strconv"

	"golang.org/x/sys/unix"
)

// devices are the nodes of /dev, taken from the outside: in a user namespace
// they could not be made.
var devices = [...]string{"null", "zero", "full", "random", "urandom", "tty"}

// mounts are what every container has besides its root.
var mounts = [...]struct {
	target, fstype string
	flags          uintptr
	data           string
}{
	{"/proc", "proc", unix.MS_NOSUID | unix.MS_NODEV | unix.MS_NOEXEC, ""},
	{"/dev", "tmpfs", unix.MS_NOSUID, "mode=755,size=64k"},
	{"/dev/pts", "devpts", unix.MS_NOSUID | unix.MS_NOEXEC, "newinstance,ptmxmode=0666,mode=0620"},
	{"/dev/shm", "tmpfs", unix.MS_NOSUID | unix.MS_NODEV | unix.MS_NOEXEC, "mode=1777,size=64m"},
	// Services run from here: no noexec.
	{"/run", "tmpfs", unix.MS_NOSUID | unix.MS_NODEV, "mode=755"},
}

// links are the symbolic links in /dev.
var links = [...]struct{ name, target string }{
	{"/dev/fd", "/proc/self/fd"},
	{"/dev/stdin", "/proc/self/fd/0"},
	{"/dev/stdout", "/proc/self/fd/1"},
	{"/dev/stderr", "/proc/self/fd/2"},
	{"/dev/ptmx", "pts/ptmx"},
}

// mountAll gives this process, which has a mount namespace of its own, the
// container's view of the file system.
func (c *Config) mountAll() error {
	// Nothing we mount may be seen outside.
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return &Error{What: "make mounts private", Err: err, Cure: cure(err)}
	}
	sources, err := c.openDevices()
	if err != nil {
		return err
	}
	root, err := c.mountRoot()
	if err != nil {
		return err
	}
	old, err := pivot(root)
	if err != nil {
		return err
	}
	for _, m := range mounts {
		if err := mkdir(m.target); err != nil {
			return err
		}
		if err := unix.Mount(m.fstype, m.target, m.fstype, m.flags, m.data); err != nil {
			return &Error{What: "mount " + m.fstype + " on " + m.target, Err: err, Cure: cureMount(m.fstype, err)}
		}
	}
	for _, s := range sources {
		if err := bindFile(s.fd, s.target); err != nil {
			return err
		}
	}
	for _, l := range links {
		if err := unix.Symlink(l.target, l.name); err != nil {
			return unable(err, "make", l.name)
		}
	}
	return detach(old)
}

// A source is a file of the outside that the container gets too.
type source struct {
	fd     int
	target string
}

func (c *Config) openDevices() (sources []source, err error) {
	add := func(path, target string) error {
		fd, err := unix.Open(path, unix.O_PATH|unix.O_CLOEXEC, 0)
		if err != nil {
			return unable(err, "open", path)
		}
		sources = append(sources, source{fd, target})
		return nil
	}
	for _, name := range devices {
		if err := add("/dev/"+name, "/dev/"+name); err != nil {
			return nil, err
		}
	}
	if c.Terminal() {
		// By its name: the descriptor belongs to the outer mount namespace,
		// from which nothing can be bound.
		path, err := readlink(fdPath(0))
		if err != nil {
			return nil, unable(err, "find the path of", "the terminal")
		}
		if err := add(path, "/dev/console"); err != nil {
			return nil, err
		}
	}
	return sources, nil
}

// mountRoot makes the container's root a mount and returns its path.
func (c *Config) mountRoot() (string, error) {
	fd, root, err := openDir(c.Root)
	if err != nil {
		return "", err
	}
	if root == "/" {
		return "", &Error{What: "boot /", Err: unix.EBUSY, Cure: "use -l / and an empty directory"}
	}
	if len(c.Lowers) > 0 {
		return c.mountOverlay(fd, root)
	}
	// In a user namespace only a recursive one is allowed.
	if err := unix.Mount(root, root, "", unix.MS_BIND|unix.MS_REC, ""); err != nil {
		return "", unable(err, "bind", root)
	}
	return root, nil
}

// pivot makes root the root of this process and its mount namespace. The old
// one stays mounted over it, for lookups from old only, until [detach].
func pivot(root string) (old int, err error) {
	old, err = unix.Open("/", unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1, unable(err, "open", "/")
	}
	if err := unix.Chdir(root); err != nil {
		return -1, unable(err, "chdir to", root)
	}
	if err := unix.PivotRoot(".", "."); err != nil {
		return -1, unable(err, "pivot_root to", root)
	}
	if err := unix.Chdir("/"); err != nil {
		return -1, unable(err, "chdir to", "/")
	}
	return old, nil
}

// detach takes the old root away.
func detach(old int) error {
	if err := unix.Fchdir(old); err != nil {
		return unable(err, "chdir to", "the old root")
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return unable(err, "unmount", "the old root")
	}
	if err := unix.Chdir("/"); err != nil {
		return unable(err, "chdir to", "/")
	}
	return nil
}

func bindFile(fd int, target string) error {
	file, err := unix.Open(target, unix.O_CREAT|unix.O_WRONLY|unix.O_CLOEXEC, 0o666)
	if err != nil {
		return unable(err, "create", target)
	}
	unix.Close(file)
	if err := unix.Mount(fdPath(fd), target, "", unix.MS_BIND, ""); err != nil {
		return unable(err, "bind", target)
	}
	return nil
}

func mkdir(path string) error {
	if err := unix.Mkdir(path, 0o755); err != nil && err != unix.EEXIST {
		return unable(err, "mkdir", path)
	}
	return nil
}

// fdPath names what the descriptor refers to.
func fdPath(fd int) string { return fdPrefix + strconv.Itoa(fd) }

const fdPrefix = "/proc/self/fd/"

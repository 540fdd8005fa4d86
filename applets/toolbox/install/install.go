// Package install implements `toolbox --install`: the program and a link for
// every applet, in one directory.
package install

import (
	"slices"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/getopt"
)

// program is the name of the file that every link leads to.
const program = "toolbox"

// takeover are names under which other packages boot, stop or supervise a
// system: only who asks for them gets them.
var takeover = [...]string{
	"chpst", "envdir", "envuidgid", "fghack", "halt", "init", "multilog", "pgrphack", "poweroff", "readproctitle",
	"reboot", "runit", "runit-init", "runsv", "runsvchdir", "runsvdir", "setlock", "setuidgid", "shutdown", "softlimit",
	"supervise", "sv", "svc", "svlogd", "svok", "svscan", "svscanboot", "svstat", "tai64n", "tai64nlocal", "utmpset",
}

// Run puts this program into the directory args name, as toolbox, and beside
// it a relative link for each of names, without those that would take over a
// system unless all are asked for. What is there already is left alone, so a
// second run changes nothing.
//
// A link that leads to a file called toolbox is an older one of ours and is
// replaced. Anything else in the way stays, except that with -f it may be a
// file, and is reported; the exit code then is 1. No link in the directory is
// ever followed to write through it.
func Run(p *chain.Proc, args, names []string) error {
	force, all := false, false
	opts := getopt.NewLong("fa", []getopt.Long{{Name: "all", Flag: 'a'}}, args)
	for opts.Next() {
		switch opts.Flag {
		case 'f':
			force = true
		case 'a':
			all = true
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) != 1 {
		return chain.ErrUsage
	}
	fd, err := unix.Open(args[0], unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return chain.Unable(err, "open directory", args[0])
	}
	defer unix.Close(fd)
	d := directory{p: p, fd: fd, path: args[0], force: force}
	if err := d.install(); err != nil {
		return err
	}
	for _, name := range names {
		if _, found := slices.BinarySearch(takeover[:], name); found && !all {
			continue
		}
		if err := d.link(name); err != nil {
			return err
		}
	}
	if d.refused {
		return chain.Exit(1)
	}
	return nil
}

// A directory is where to install.
type directory struct {
	p       *chain.Proc
	fd      int
	path    string
	force   bool
	refused bool // something was in the way
}

// link makes name a link to the program.
func (d *directory) link(name string) error {
	target, err := readlink(d.fd, name)
	switch {
	case err == nil && target == program:
		return nil
	case err == unix.ENOENT:
		err = unix.Symlinkat(program, d.fd, name)
	case !d.mayReplace(name):
		return nil
	default:
		err = d.replace(name, func(temporary string) error { return unix.Symlinkat(program, d.fd, temporary) })
	}
	if err != nil {
		return chain.Unable(err, "link", d.path+"/"+name)
	}
	return nil
}

// mayReplace decides about what is in the way, and reports what stays.
func (d *directory) mayReplace(name string) bool {
	var st unix.Stat_t
	err := unix.Fstatat(d.fd, name, &st, unix.AT_SYMLINK_NOFOLLOW)
	switch kind := st.Mode & unix.S_IFMT; {
	case err == nil && kind == unix.S_IFDIR:
		d.p.Warn(d.path+"/"+name, "is in the way: it is a directory")
	case err == nil && (d.force || kind == unix.S_IFLNK && d.leadsToUs(name)):
		return true
	default:
		d.p.Warn(d.path+"/"+name, "is in the way: -f would replace it")
	}
	d.refused = true
	return false
}

// leadsToUs reports whether the link name ends at a file called toolbox.
func (d *directory) leadsToUs(name string) bool {
	path := d.path + "/" + name
	for range 40 { // as many links as the kernel follows
		target, err := readlink(unix.AT_FDCWD, path)
		if err == unix.EINVAL { // no link
			_, file := split(path)
			var st unix.Stat_t
			return file == program && unix.Stat(path, &st) == nil && st.Mode&unix.S_IFMT == unix.S_IFREG
		}
		if err != nil || target == "" {
			return false
		}
		if target[0] != '/' {
			dir, _ := split(path)
			target = dir + target
		}
		path = target
	}
	return false
}

// split cuts path behind its last slash.
func split(path string) (dir, file string) {
	i := len(path)
	for i > 0 && path[i-1] != '/' {
		i--
	}
	return path[:i], path[i:]
}

// replace puts what create makes under a temporary name in name's place, in
// one step: whoever runs name meanwhile finds the old or the new one.
func (d *directory) replace(name string, create func(temporary string) error) error {
	temporary, err := d.temporary(name, create)
	if err == nil {
		if err = unix.Renameat(d.fd, temporary, d.fd, name); err != nil {
			unix.Unlinkat(d.fd, temporary, 0)
		}
	}
	return err
}

// temporary calls create with names until one is not taken.
func (d *directory) temporary(name string, create func(temporary string) error) (temporary string, err error) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	for {
		var b [6]byte
		if _, err := unix.Getrandom(b[:], 0); err != nil {
			return "", err
		}
		for i := range b {
			b[i] = letters[b[i]%64]
		}
		temporary = "." + name + ":" + string(b[:])
		if err = create(temporary); err != unix.EEXIST {
			return temporary, err
		}
	}
}

func readlink(dir int, name string) (string, error) {
	var b [unix.PathMax]byte
	n, err := unix.Readlinkat(dir, name, b[:])
	return string(b[:max(n, 0)]), err
}

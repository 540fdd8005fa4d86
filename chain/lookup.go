package chain

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/env"
)

// A target is what the first word of a command line leads to.
type target struct {
	applet *Applet  // ours, or nil
	paths  []string // what to execute, in the order to try; of an applet too
}

// resolve looks name up as skalibs does: with a slash it is a path, else the
// non-empty components of PATH are searched (unset: /usr/bin:/bin), and any
// other error is remembered over "not found". A file that is our own
// executable means the applet of that name; so does a name that is found
// nowhere but in our table. With p.Own the table goes first.
func (p *Proc) resolve(name string) (target, error) { return p.resolveIn(name, p.path()) }

// path is what programs are searched in.
func (p *Proc) path() string {
	if path, ok := p.Env.Lookup("PATH"); ok {
		return path
	}
	return env.DefaultPath
}

func (p *Proc) resolveIn(name, path string) (target, error) {
	if p.Own {
		if a, ok := p.applet(name); ok {
			return target{applet: a, paths: []string{Self}}, nil
		}
	}
	if strings.Contains(name, "/") {
		found, err := executable(name)
		if err != nil {
			return target{}, err
		}
		t := target{paths: []string{name}}
		if found == self() {
			t.applet, _ = p.applet(base(name))
		}
		return t, nil
	}
	var saved error = unix.ENOENT
	for path != "" {
		dir, rest, _ := strings.Cut(path, ":")
		path = rest
		if dir == "" {
			continue
		}
		file := dir + "/" + name
		found, err := executable(file)
		switch err {
		case nil:
			t := target{paths: []string{file}}
			if found == self() {
				t.applet, _ = p.applet(name)
			}
			// What looks executable may still be refused, and then the
			// search goes on behind it.
			for rest != "" {
				dir, rest, _ = strings.Cut(rest, ":")
				if dir != "" {
					t.paths = append(t.paths, dir+"/"+name)
				}
			}
			return t, nil
		case unix.ENOENT:
		case unix.EACCES, unix.EPERM, unix.EISDIR, unix.ENOTDIR:
			saved = err
		default:
			return target{}, err
		}
	}
	if saved == unix.ENOENT {
		if a, ok := p.applet(name); ok {
			return target{applet: a, paths: []string{Self}}, nil
		}
	}
	return target{}, saved
}

// applet finds name in the table, commands of toolbox's own excepted.
func (p *Proc) applet(name string) (*Applet, bool) {
	a, ok := p.lookup(name)
	if !ok || name == "" || a.Kind == Command && !p.Own {
		return nil, false
	}
	return a, true
}

// executable checks with the effective credentials of this thread whether
// path can be executed, and identifies the file.
func executable(path string) (identity, error) {
	if err := unix.Faccessat2(unix.AT_FDCWD, path, unix.X_OK, unix.AT_EACCESS); err != nil {
		if err != unix.ENOSYS && err != unix.EPERM {
			return identity{}, err
		}
		// Before Linux 5.8, or under an old seccomp profile.
		if err := unix.Access(path, unix.X_OK); err != nil {
			return identity{}, err
		}
	}
	var st unix.Stat_t
	if err := unix.Stat(path, &st); err != nil {
		return identity{}, err
	}
	if st.Mode&unix.S_IFMT != unix.S_IFREG {
		return identity{}, unix.EACCES
	}
	return identity{st.Dev, st.Ino}, nil
}

package glob

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// Expand returns the paths that match pattern, in the order of the
// directories, as glob(3) with GLOB_NOSORT. A leading period and a slash match
// only themselves.
//
// A directory that cannot be read matches nothing; unreadable, if not nil, is
// told its path and why, and when it returns false the search ends with that
// error.
func Expand(pattern string, flags Flags, unreadable func(dir string, err error) bool) ([]string, error) {
	e := expansion{flags: flags&(NoEscape|FoldCase) | Period, unreadable: unreadable}
	root := len(pattern) - len(strings.TrimLeft(pattern, "/"))
	err := e.walk(pattern[:root], pattern[root:])
	return e.found, err
}

type expansion struct {
	flags      Flags
	unreadable func(dir string, err error) bool
	found      []string
}

// walk matches rest below prefix, which ends in a slash or is empty.
func (e *expansion) walk(prefix, rest string) error {
	component, tail, more := strings.Cut(rest, "/")
	slashes := ""
	if more {
		trimmed := strings.TrimLeft(tail, "/")
		slashes = "/" + tail[:len(tail)-len(trimmed)]
		tail = trimmed
	}
	if !strings.ContainsAny(component, "*?[") {
		return e.step(prefix+unescape(component, e.flags), slashes, tail)
	}
	dir := prefix
	if dir == "" {
		dir = "."
	}
	names, err := sys.ReadDir(unix.AT_FDCWD, dir)
	if err != nil {
		if err != unix.ENOENT && err != unix.ENOTDIR && e.unreadable != nil && !e.unreadable(dir, err) {
			return err
		}
		return nil
	}
	for _, name := range names {
		if Match(component, name, e.flags) {
			if err := e.step(prefix+name, slashes, tail); err != nil {
				return err
			}
		}
	}
	// readdir(3) lists the two names that ReadDir leaves out.
	for _, name := range [...]string{".", ".."} {
		if strings.HasPrefix(component, ".") && Match(component, name, e.flags) {
			if err := e.step(prefix+name, slashes, tail); err != nil {
				return err
			}
		}
	}
	return nil
}

// step goes on behind path, which may not exist.
func (e *expansion) step(path, slashes, tail string) error {
	if slashes != "" && tail != "" {
		return e.walk(path+slashes, tail)
	}
	path += slashes
	var st unix.Stat_t
	if slashes != "" {
		if unix.Stat(path, &st) != nil || st.Mode&unix.S_IFMT != unix.S_IFDIR {
			return nil
		}
	} else if unix.Lstat(path, &st) != nil {
		return nil
	}
	e.found = append(e.found, path)
	return nil
}

// Package contenv is the container environment: what the container was started
// with, kept in a directory, one file a variable, for the scripts that ask for
// it. A file's whole content is the value, an empty file is an empty variable,
// and files that scripts write there count from then on.
package contenv

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/envdir"
	"toolbox/internal/env"
	"toolbox/internal/sys"
)

// Dir is the directory; init makes OldDir, its name in s6-overlay 2, lead to
// the same one.
const (
	Dir    = "/run/s6/container_environment"
	OldDir = "/var/run/s6/container_environment"
)

// Kept reports whether S6_KEEP_ENV in e says that every process has the
// container's environment anyway: it is a number other than 0.
func Kept(e *env.Env) bool {
	value := e.Get("S6_KEEP_ENV")
	return value != "" && strings.Trim(value, "0123456789") == "" && strings.Trim(value, "0") != ""
}

// Find returns the path by which the directory is there. It is [OldDir] only
// under an init that knows no other.
func Find() string {
	if unix.Access(Dir, unix.F_OK) == unix.ENOENT && unix.Access(OldDir, unix.F_OK) == nil {
		return OldDir
	}
	return Dir
}

// Read returns the variables in the directory. The error says what is unable
// to be read, and why.
func Read(dir string) ([]env.Change, error) {
	vars, err := envdir.Read(dir, envdir.Options{NoChomp: true, Verbatim: true, NoClamp: true, Null: '\n'})
	for i := range vars {
		vars[i].Unset = false // that is how envdir understands an empty file
	}
	return vars, err
}

// Get returns the variable called name and whether it is set.
func Get(name string) (value string, ok bool) {
	if !env.Valid(name) || name[0] == '.' || strings.Contains(name, "/") {
		return "", false
	}
	fd, err := unix.Open(Find()+"/"+name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return "", false
	}
	defer unix.Close(fd)
	b, err := sys.ReadAll(fd)
	return string(b), err == nil
}

// Load makes e the container environment. PATH stays as it is if the
// directory has none.
func Load(e *env.Env) error {
	vars, err := Read(Find())
	if err != nil {
		return err
	}
	path, ok := e.Lookup("PATH")
	e.Clear()
	if ok {
		e.Set("PATH", path)
	}
	e.Apply(vars)
	return nil
}

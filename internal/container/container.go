// Package container boots a directory as a container: processes in namespaces
// of their own that see the directory as their root.
//
// It takes two processes. The outer one ([Start]) clones a child into new
// namespaces, maps its user ids where it is not root, forwards signals and
// waits. The child executes this very program again, which then calls
// [Config.Enter]: in there it mounts what a container has, leaves the old
// root, and becomes the entrypoint.
package container

import (
	"strings"

	"golang.org/x/sys/unix"
)

// Path is the PATH of a container that is not given another one (Docker's).
const Path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// A Config says what to boot.
type Config struct {
	Root        string   // the directory to boot
	Lowers      []string // if any, Root is laid over these and stays unchanged
	Env         []string // NAME=VALUE, besides PATH
	User        string   // user[:group], names or numbers; empty: root
	Dir         string   // working directory inside
	Entry       string   // program to execute as process 1
	Args        []string // its arguments
	Network     bool     // a network of its own, with nothing but a loopback
	Interactive bool     // standard input and the terminal are passed on
}

// An Error is what could not be done: "unable to WHAT: reason (cure)".
type Error struct {
	What string
	Err  error
	Cure string
}

func (e *Error) Error() string {
	text := "unable to " + e.What + ": " + e.Err.Error()
	if e.Cure != "" {
		text += " (" + e.Cure + ")"
	}
	return text
}

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

func unable(err error, words ...string) error {
	return &Error{What: strings.Join(words, " "), Err: err}
}

// environ returns the environment of process 1: PATH, then what was asked
// for; of several values the last one counts.
func (c *Config) environ() []string {
	env := []string{"PATH=" + Path}
next:
	for _, entry := range c.Env {
		name, _, _ := strings.Cut(entry, "=")
		for i, old := range env {
			if strings.HasPrefix(old, name+"=") {
				env[i] = entry
				continue next
			}
		}
		env = append(env, entry)
	}
	return env
}

// open returns an O_PATH descriptor of a directory and its absolute path.
func openDir(dir string) (fd int, path string, err error) {
	fd, err = unix.Open(dir, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return -1, "", unable(err, "open", dir)
	}
	path, err = readlink(fdPath(fd))
	if err != nil {
		return -1, "", unable(err, "find the path of", dir)
	}
	return fd, path, nil
}

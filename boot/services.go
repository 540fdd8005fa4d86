package boot

import (
	"sort"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
	"toolbox/internal/tree"
)

// programs are the files of a service directory that are executed.
var programs = [...]string{"run", "finish", "log/run", "log/finish", "data/check"}

// copyServices copies the service directories in dir to the scan directory,
// where they can be written to whatever /etc is, and returns their names. One
// that cannot work is reported and left out.
func copyServices(dir string, warn func(words ...string)) (names []string) {
	entries, err := sys.ReadDir(unix.AT_FDCWD, dir)
	if err != nil {
		if err != unix.ENOENT {
			warn("unable to read", dir+":", err.Error())
		}
		return nil
	}
	sort.Strings(entries)
	for _, name := range entries {
		if name[0] == '.' {
			continue
		}
		if problem := copyService(name, dir+"/"+name, scanDir+"/"+name, warn); problem != "" {
			warn("service", name, "is left out:", problem)
			tree.Remove(scanDir + "/" + name)
			continue
		}
		names = append(names, name)
	}
	return names
}

// copyService copies one service directory and returns what is wrong with it.
func copyService(name, from, to string, warn func(words ...string)) (problem string) {
	var st unix.Stat_t
	if err := unix.Stat(from, &st); err != nil {
		return "unable to stat " + from + ": " + err.Error()
	}
	if st.Mode&unix.S_IFMT != unix.S_IFDIR {
		return from + " is a file, and a service is a directory: move it to " + from + "/run"
	}
	if unix.Access(from+"/run", unix.F_OK) != nil {
		return "there is no " + from + "/run"
	}
	// The dot: of a link to a service directory elsewhere, that is copied.
	if err := tree.Copy(from+"/.", to); err != nil {
		return err.Error()
	}
	if unix.Access(to+"/log", unix.F_OK) == nil && unix.Access(to+"/log/run", unix.F_OK) != nil {
		// The service would write into a pipe that nobody ever reads.
		warn("the logger of service", name, "is left out: there is no", from+"/log/run")
		tree.Remove(to + "/log")
	}
	for _, name := range programs {
		program := to + "/" + name
		if unix.Stat(program, &st) != nil || st.Mode&unix.S_IFMT != unix.S_IFREG {
			continue
		}
		if st.Mode&0o111 != 0o111 {
			unix.Chmod(program, st.Mode&0o7777|0o111)
		}
		if !canExecute(program) {
			warn(from+"/"+name, "cannot be executed: its first line names no interpreter (#!/bin/sh)")
		}
	}
	return ""
}

// canExecute reports whether the kernel may know what to do with a file: it
// is a script with an interpreter, or no text.
func canExecute(path string) bool {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return true
	}
	defer unix.Close(fd)
	head := make([]byte, 256)
	n, err := unix.Read(fd, head)
	if err != nil {
		return true
	}
	text := string(head[:n])
	return strings.HasPrefix(text, "#!") || strings.Contains(text, "\x00")
}

package boot

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/boot/contenv"
	"toolbox/internal/env"
	"toolbox/internal/sys"
)

// defaultPath is PATH where none is set: Docker's, as s6-overlay 2 has it.
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

// completePath returns path with the directories that our commands and those
// of scripts are in, at its end if it lacks them. /command counts only where
// it exists.
func completePath(path string, isSet bool) string {
	if !isSet {
		path = defaultPath
	}
	for _, dir := range [...]string{"/command", "/usr/bin", "/bin"} {
		if strings.Contains(":"+path+":", ":"+dir+":") || dir == "/command" && unix.Access(dir, unix.F_OK) != nil {
			continue
		}
		if path != "" {
			path += ":"
		}
		path += dir
	}
	return path
}

// dumpEnvironment writes e into the container environment directory, which
// exists and is empty: no newline added, readable by their owner only.
// Variables that cannot be the name of a file are left out.
func dumpEnvironment(e *env.Env, warn func(words ...string)) error {
	dir, err := unix.Open(contenv.Dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	if err != nil {
		return &fault{"open", contenv.Dir, err}
	}
	defer unix.Close(dir)
	for _, entry := range e.Strings() {
		name, value, ok := strings.Cut(entry, "=")
		if !ok || name == "" || name[0] == '.' || len(name) > unix.NAME_MAX || strings.Contains(name, "/") {
			warn("variable", name, "cannot be kept for with-contenv: its name is no file name")
			continue
		}
		if err := writeFile(dir, name, value, 0o600); err != nil {
			return &fault{"write", contenv.Dir + "/" + name, err}
		}
	}
	return nil
}

// writeFile makes the file name in dir hold text.
func writeFile(dir int, name, text string, mode uint32) error {
	fd, err := unix.Openat(dir, name, unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC|unix.O_NOFOLLOW|unix.O_CLOEXEC, mode)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	return sys.WriteAll(fd, []byte(text))
}

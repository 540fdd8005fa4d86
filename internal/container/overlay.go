package container

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// mountOverlay lays Root, of which fd is a descriptor, over Lowers. What is
// written goes to a tmpfs, and with it.
func (c *Config) mountOverlay(fd int, root string) (string, error) {
	// Paths in the options of overlay would need quoting, and their length is
	// limited; those of descriptors do not, and is not.
	var lower []string
	names, err := sys.ReadDir(unix.AT_FDCWD, root)
	if err != nil {
		return "", unable(err, "read", root)
	}
	if len(names) > 0 { // an empty one adds nothing
		lower = append(lower, fdPath(fd))
	}
	for _, dir := range c.Lowers {
		fd, _, err := openDir(dir)
		if err != nil {
			return "", err
		}
		lower = append(lower, fdPath(fd))
	}
	var st unix.Stat_t
	if err := unix.Stat(root, &st); err != nil {
		return "", unable(err, "stat", root)
	}
	if err := unix.Mount("tmpfs", root, "tmpfs", unix.MS_NOSUID|unix.MS_NODEV, "mode=700"); err != nil {
		return "", unable(err, "mount tmpfs on", root)
	}
	for _, dir := range [...]string{"/upper", "/work", "/empty", "/alone", "/root"} {
		if err := unix.Mkdir(root+dir, 0o755); err != nil {
			return "", unable(err, "mkdir", root+dir)
		}
	}
	// The merged root has the attributes of the uppermost one.
	unix.Chown(root+"/upper", int(st.Uid), int(st.Gid))
	if err := unix.Chmod(root+"/upper", st.Mode&0o7777); err != nil {
		return "", unable(err, "chmod", root+"/upper")
	}
	err = layers(root, "/root", lower, true)
	if err == unix.ELOOP {
		// One lies in another, which overlay refuses. Seen through an overlay
		// of its own it does not.
		if lower, err = isolate(root, lower); err == nil {
			err = layers(root, "/root", lower, true)
		}
	}
	if err != nil {
		return "", &Error{What: "mount overlay", Err: err, Cure: cureMount("overlay", err)}
	}
	return root + "/root", nil
}

// isolate mounts every directory but the last through an overlay of its own,
// and returns where.
func isolate(base string, lower []string) (alone []string, err error) {
	last := len(lower) - 1
	for i, dir := range lower[:last] {
		target := "/alone/" + strconv.Itoa(i)
		if err := unix.Mkdir(base+target, 0o755); err != nil {
			return nil, err
		}
		// It takes two to make an overlay.
		if err := layers(base, target, []string{dir, base + "/empty"}, false); err != nil {
			return nil, err
		}
		alone = append(alone, base+target)
	}
	return append(alone, lower[last]), nil
}

// layers mounts the directories lower over each other at base+target, the
// first one uppermost, under base/upper if it is to be writable.
func layers(base, target string, lower []string, writable bool) error {
	named, err := byDescriptor(lower)
	if err != nil {
		return err
	}
	options := "lowerdir=" + strings.Join(named, ":")
	if writable {
		own, err := byDescriptor([]string{base + "/upper", base + "/work"})
		if err != nil {
			return err
		}
		options += ",upperdir=" + own[0] + ",workdir=" + own[1]
	}
	err = unix.EINVAL
	if inUserNamespace() {
		// There the usual attributes cannot be set; kernels before 5.11 do
		// not know the option.
		err = unix.Mount("overlay", base+target, "overlay", 0, options+",userxattr")
	}
	if err == unix.EINVAL {
		err = unix.Mount("overlay", base+target, "overlay", 0, options)
	}
	return err
}

// byDescriptor returns paths that need no quoting in options, for as long as
// this process lives. Paths of descriptors stay as they are.
func byDescriptor(paths []string) (named []string, err error) {
	for _, path := range paths {
		if !strings.HasPrefix(path, fdPrefix) {
			fd, err := unix.Open(path, unix.O_PATH|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
			if err != nil {
				return nil, err
			}
			path = fdPath(fd)
		}
		named = append(named, path)
	}
	return named, nil
}

// inUserNamespace reports whether this process has not all ids there are.
func inUserNamespace() bool {
	text, err := readFile("/proc/self/uid_map")
	words := strings.Fields(text)
	return err == nil && (len(words) != 3 || words[0] != "0" || words[1] != "0" || words[2] != "4294967295")
}

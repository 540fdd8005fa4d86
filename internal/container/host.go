package container

import (
	"strings"

	"golang.org/x/sys/unix"
)

// forbidding are the settings by which a host refuses user namespaces, and
// what undoes them.
var forbidding = [...]struct{ file, value, cure string }{
	{"/proc/sys/user/max_user_namespaces", "0", "no user namespaces are allowed: sysctl -w user.max_user_namespaces=10000"},
	{"/proc/sys/kernel/unprivileged_userns_clone", "0", "only root may create user namespaces: sysctl -w kernel.unprivileged_userns_clone=1"},
	{"/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1", "AppArmor forbids user namespaces: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
}

// cure says what is missing on this host when namespaces are refused.
func cure(err error) string {
	switch err {
	case unix.ENOSYS, unix.EINVAL:
		return "this kernel lacks namespaces"
	case unix.EPERM, unix.EACCES, unix.ENOSPC:
	default:
		return ""
	}
	for _, f := range forbidding {
		if text, err := readFile(f.file); err == nil && strings.TrimSpace(text) == f.value {
			return f.cure
		}
	}
	if unix.Access("/proc/self/ns/user", unix.F_OK) == unix.ENOENT {
		return "this kernel has no user namespaces: run as root"
	}
	return "needs CAP_SYS_ADMIN, or a host and a seccomp profile that allow user namespaces"
}

// cureMount says why a file system may have been refused.
func cureMount(fstype string, err error) string {
	switch {
	case err == unix.ENODEV:
		return "this kernel does not have it"
	case err == unix.EPERM && fstype == "proc":
		return "in a user namespace this needs a host /proc with nothing mounted over its files, which containers do not have"
	case err == unix.ELOOP:
		return "a lower lies in another one"
	case err == unix.EINVAL && inUserNamespace():
		return "as another user than root no lower may have other mounts in it"
	case err == unix.EINVAL && fstype == "overlay":
		return "this kernel lays no more than two overlays over each other: put root on a file system that is in none of the lowers"
	case err == unix.EPERM && fstype == "overlay":
		return "as another user than root this needs Linux 5.11"
	}
	return ""
}

// onlyOneID says why an id does not exist in a user namespace.
func onlyOneID(err error) string {
	if err == unix.EINVAL || err == unix.EPERM {
		return "the container has only the ids of /proc/self/uid_map: give this user ranges in /etc/subuid and /etc/subgid and install newuidmap"
	}
	return ""
}

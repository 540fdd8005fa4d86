package sys

import "golang.org/x/sys/unix"

// Credentials are who a process acts as. A negative id and a nil list leave
// what there is; an empty list clears the supplementary groups.
type Credentials struct {
	UID, GID int
	Groups   []int
}

// OnMainThread reports whether the caller runs on the process's first thread:
// the only one whose credentials, limits and session a program that is
// executed or spawned gets.
func OnMainThread() bool { return unix.Gettid() == unix.Getpid() }

// SetGroups sets the supplementary groups of this thread only.
func SetGroups(gids []int) error { return unix.Setgroups(gids) }

// SetGID sets the real, effective and saved gid of this thread only.
// (Package unix would change every thread, which takes 20 times as long, for
// threads that end at the next execve.)
func SetGID(gid int) error { return setIDs(unix.SYS_SETRESGID, gid) }

// SetUID sets the real, effective and saved uid of this thread only.
func SetUID(uid int) error { return setIDs(unix.SYS_SETRESUID, uid) }

func setIDs(nr uintptr, id int) error {
	if id < 0 || id >= 1<<32-1 { // the last one means "unchanged" to the kernel
		return unix.EINVAL
	}
	if _, _, e := unix.RawSyscall(nr, uintptr(id), uintptr(id), uintptr(id)); e != 0 {
		return e
	}
	return nil
}

// CanBecomeRoot tries to make root the effective user of this thread. Whoever
// asks and hears true must end.
func CanBecomeRoot() bool {
	unchanged := ^uintptr(0)
	_, _, e := unix.RawSyscall(unix.SYS_SETRESUID, unchanged, 0, unchanged)
	return e == 0
}

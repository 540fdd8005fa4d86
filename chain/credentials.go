package chain

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// SetCredentials makes this process, and the programs to come, act as c:
// supplementary groups first, then the gid, then the uid, each of them real,
// effective and saved. Any failure is fatal for the caller, whose credentials
// may then be half changed.
//
// A process that already acts as a c with uid and gid, and only lacks the
// right to set groups, goes on with a warning: it has no more power than it
// was meant to have. After a change to a uid other than root's it is checked
// that there is no way back.
//
// In a block it needs an applet of kind [Process].
func (p *Proc) SetCredentials(c sys.Credentials) error {
	if len(p.frames) > 0 {
		return errNeedsProcess
	}
	if !sys.OnMainThread() {
		return Fatal(codeBug, "credentials can be changed on the main thread only")
	}
	if c.Groups != nil {
		err := sys.SetGroups(c.Groups)
		switch {
		case err == nil:
		case err == unix.EPERM && unix.Geteuid() == c.UID && unix.Getegid() == c.GID:
			p.Warn(denied(err, unix.CAP_SETGID, "set supplementary group list").Error())
		default:
			return denied(err, unix.CAP_SETGID, "set supplementary group list")
		}
	}
	if c.GID >= 0 {
		if err := sys.SetGID(c.GID); err != nil {
			return denied(err, unix.CAP_SETGID, "setgid")
		}
	}
	if c.UID < 0 {
		return nil
	}
	old := uids()
	if err := sys.SetUID(c.UID); err != nil {
		return denied(err, unix.CAP_SETUID, "setuid")
	}
	if c.UID != 0 && old != [3]int{c.UID, c.UID, c.UID} && sys.CanBecomeRoot() {
		return Fatal(CodeSystem, "unable to give up root: the process keeps CAP_SETUID")
	}
	return nil
}

// uids returns the real, effective and saved uid of this thread.
func uids() [3]int {
	r, e, s := unix.Getresuid()
	return [3]int{r, e, s}
}

// capabilityNames are the capabilities that a change of credentials needs.
var capabilityNames = [...]string{
	unix.CAP_SETGID: "CAP_SETGID",
	unix.CAP_SETUID: "CAP_SETUID",
}

// denied is [Unable], with what the system's reason does not tell about
// credentials: the capability that is missing, or what the user namespace does
// not permit.
func denied(err error, capability int, words ...string) error {
	errno, _ := err.(unix.Errno)
	hint := ""
	switch {
	case errno == unix.EPERM && !capable(capability):
		hint = capabilityNames[capability] + " is missing"
	case errno == unix.EPERM && capability == unix.CAP_SETGID && groupsDenied():
		hint = "this user namespace denies it"
	case errno == unix.EINVAL:
		hint = "no such number in this user namespace"
	}
	if hint != "" {
		err = &explained{errno, hint}
	}
	return &Error{Code: CodeSystem, Text: "unable to " + join(words), Err: err}
}

// groupsDenied reports whether the user namespace forbids setgroups(2), as one
// that an unprivileged user made does: see user_namespaces(7).
func groupsDenied() bool {
	fd, err := unix.Open("/proc/self/setgroups", unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	var b [4]byte
	n, _ := unix.Read(fd, b[:])
	return string(b[:max(n, 0)]) == "deny"
}

// explained is an error number with a reason.
type explained struct {
	errno unix.Errno
	hint  string
}

func (e *explained) Error() string { return e.errno.Error() + " (" + e.hint + ")" }
func (e *explained) Unwrap() error { return e.errno }

// capable reports whether this thread has the capability in effect.
func capable(capability int) bool {
	hdr := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if unix.Capget(&hdr, &data[0]) != nil {
		return false
	}
	return data[capability/32].Effective&(1<<(capability%32)) != 0
}

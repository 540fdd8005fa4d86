package boot

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
	"toolbox/internal/sys"
)

// initialPIDNamespace is how the kernel numbers the machine's own PID
// namespace: PROC_PID_INIT_INO.
const initialPIDNamespace = "pid:[4026531836]"

// ownsNamespace reports whether every process we could signal belongs to this
// container: we are process 1 of a PID namespace other than the machine's.
// Whoever cannot find out, because /proc is not there, does not.
func ownsNamespace() bool {
	link := make([]byte, 64)
	n, err := unix.Readlink("/proc/self/ns/pid", link)
	return unix.Getpid() == 1 && err == nil && string(link[:n]) != initialPIDNamespace
}

// signalRest sends sigs to every process of the container but us: where the
// PID namespace is not ours alone, to our descendants.
func signalRest(all bool, sigs ...unix.Signal) {
	if all {
		for _, sig := range sigs {
			unix.Kill(-1, sig)
		}
		return
	}
	for _, pid := range descendants() {
		for _, sig := range sigs {
			unix.Kill(pid, sig)
		}
	}
}

// restGone reports whether no process is left that signalRest would reach.
// As a subreaper we are the parent of every orphan among our descendants, so
// that none of them is left when we have no child.
func restGone(all bool) bool {
	if all {
		return unix.Kill(-1, 0) == unix.ESRCH
	}
	return unix.Waitid(unix.P_ALL, 0, nil, unix.WEXITED|unix.WNOHANG|unix.WNOWAIT, nil) == unix.ECHILD
}

// descendants returns the processes that descend from this one.
func descendants() (found []int) {
	names, err := sys.ReadDir(unix.AT_FDCWD, "/proc")
	if err != nil {
		return nil
	}
	parents := make(map[int]int, len(names))
	for _, name := range names {
		if pid, ok := getopt.Uint(name); ok {
			if parent, ok := parentOf(name); ok {
				parents[int(pid)] = parent
			}
		}
	}
	self := unix.Getpid()
	for pid := range parents {
		// The list is no snapshot: a cycle would need a pid that was used
		// twice meanwhile, so no path is longer than the list.
		ancestor := pid
		for range parents {
			ancestor = parents[ancestor]
			if ancestor == self {
				found = append(found, pid)
				break
			}
			if ancestor <= 1 {
				break
			}
		}
	}
	return found
}

// parentOf returns the parent of a process, the fourth word of its stat; the
// second one, its name, may hold anything between parentheses.
func parentOf(pid string) (int, bool) {
	stat, err := readFile("/proc/" + pid + "/stat")
	if err != nil {
		return 0, false
	}
	words := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	if len(words) < 2 {
		return 0, false
	}
	parent, err := strconv.Atoi(words[1])
	return parent, err == nil
}

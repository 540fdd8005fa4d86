package container

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
	"toolbox/internal/sys"
)

// A span maps count ids from inside a user namespace to the outside.
type span struct{ inside, outside, count uint64 }

// subordinate returns the ranges that a file like /etc/subuid gives to the
// user, who may be listed by name or by number. Format: user:first:count.
func subordinate(text, name string, uid int) (ranges []span) {
	for line := range strings.Lines(text) {
		words := strings.Split(strings.TrimSpace(line), ":")
		if len(words) != 3 || words[0] == "" || words[0] != name && words[0] != strconv.Itoa(uid) {
			continue
		}
		first, ok1 := getopt.Uint(words[1])
		count, ok2 := getopt.Uint(words[2])
		if ok1 && ok2 && count > 0 {
			ranges = append(ranges, span{outside: first, count: count})
		}
	}
	return ranges
}

// spans lays own, which becomes 0 inside, and the ranges after it.
func spans(own int, ranges []span) []span {
	all := []span{{0, uint64(own), 1}}
	next := uint64(1)
	for _, r := range ranges {
		all = append(all, span{next, r.outside, r.count})
		next += r.count
	}
	return all
}

// words returns spans as newuidmap takes them.
func words(all []span) (args []string) {
	for _, s := range all {
		for _, n := range [...]uint64{s.inside, s.outside, s.count} {
			args = append(args, strconv.FormatUint(n, 10))
		}
	}
	return args
}

// mapIDs gives the child, which waits in a new user namespace, its ids: all
// those of /etc/subuid and /etc/subgid if newuidmap and newgidmap are there
// to map them, else only one, the user's own as root. whole tells which.
func mapIDs(pid int) (whole bool, err error) {
	uid, gid := unix.Geteuid(), unix.Getegid()
	name := userName(uid)
	users, _ := readFile("/etc/subuid")
	groups, _ := readFile("/etc/subgid")
	uids, gids := subordinate(users, name, uid), subordinate(groups, name, uid)
	if len(uids) > 0 && len(gids) > 0 {
		err = runMapper("newuidmap", pid, spans(uid, uids))
		if err == nil {
			err = runMapper("newgidmap", pid, spans(gid, gids))
			return err == nil, err
		}
		if err != errNoMapper {
			return false, err
		}
	}
	proc := "/proc/" + strconv.Itoa(pid)
	for _, file := range [...]struct{ name, text string }{
		{"/uid_map", strings.Join(words(spans(uid, nil)), " ")},
		// Who may set groups could leave one that denies access (CVE-2014-8989).
		{"/setgroups", "deny"},
		{"/gid_map", strings.Join(words(spans(gid, nil)), " ")},
	} {
		if err := writeFile(proc+file.name, file.text); err != nil {
			return false, unable(err, "write", proc+file.name)
		}
	}
	return false, nil
}

var errNoMapper = unix.ENOENT

func runMapper(program string, pid int, all []span) error {
	argv := append([]string{program, strconv.Itoa(pid)}, words(all)...)
	var paths []string
	for dir := range strings.SplitSeq(Path, ":") {
		paths = append(paths, dir+"/"+program)
	}
	prog := new(sys.Program)
	prog.Execve(paths, argv, []string{"PATH=" + Path})
	child, err := prog.Spawn(0, nil)
	if f, ok := err.(*sys.Failure); ok && f.Errno == unix.ENOENT {
		return errNoMapper
	}
	if err != nil {
		return unable(err, "spawn", program)
	}
	ws, err := sys.Wait(child)
	if err != nil {
		return unable(err, "wait for", program)
	}
	if ws != 0 {
		return &Error{What: "map the ids of /etc/subuid and /etc/subgid", Err: unix.EPERM, Cure: program + " failed"}
	}
	return nil
}

// Package passwd looks accounts up in /etc/passwd and /etc/group.
//
// These two files are all it knows: no name service switch, so no LDAP, no
// systemd-userdb and no NIS. That is what a static program can promise, and
// what the originals do when they are linked statically.
//
// The files are read as a stream, once per question. Lines may be of any
// length. A line that is no entry (a comment, a "+" line of NIS, too few
// fields, an id that is no number) is skipped; of several entries with one
// name or id the first counts. Formats: passwd(5), group(5).
package passwd

import (
	"bytes"

	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
)

// The databases.
const (
	Users  = "/etc/passwd"
	Groups = "/etc/group"
)

// ErrNotFound tells that no entry fits; any other error is that of reading
// the file.
const ErrNotFound = notFound("not found")

type notFound string

func (e notFound) Error() string { return string(e) }

// A User is an entry of /etc/passwd.
type User struct {
	Name     string
	UID, GID int
	Home     string
	Shell    string
}

// A Group is an entry of /etc/group.
type Group struct {
	Name string
	GID  int
}

// UserByName finds the user called name.
func UserByName(name string) (User, error) {
	return findUser(Users, func(e entry) bool { return string(e.name) == name })
}

// UserByID finds the user with the number uid.
func UserByID(uid int) (User, error) {
	return findUser(Users, func(e entry) bool { return e.id == uid })
}

// GroupByName finds the group called name.
func GroupByName(name string) (Group, error) {
	return findGroup(Groups, func(e entry) bool { return string(e.name) == name })
}

// GroupByID finds the group with the number gid.
func GroupByID(gid int) (Group, error) {
	return findGroup(Groups, func(e entry) bool { return e.id == gid })
}

// GroupsOf returns the numbers of the groups that list user as a member, in
// the order of the file. The user's primary group is among them only if it
// lists the user too.
func GroupsOf(user string) ([]int, error) { return groupsOf(Groups, user) }

func findUser(file string, match func(entry) bool) (u User, err error) {
	err = find(file, match, func(e entry) bool {
		gid, ok := parseID(field(&e.rest))
		if !ok {
			return false
		}
		u = User{Name: string(e.name), UID: e.id, GID: gid}
		field(&e.rest) // the comment
		u.Home = string(field(&e.rest))
		u.Shell = string(field(&e.rest))
		return true
	})
	return u, err
}

func findGroup(file string, match func(entry) bool) (g Group, err error) {
	err = find(file, match, func(e entry) bool {
		g = Group{Name: string(e.name), GID: e.id}
		return true
	})
	return g, err
}

// find hands the first entry that matches and that take accepts to take.
func find(file string, match, take func(entry) bool) error {
	found := false
	err := scan(file, func(line []byte) bool {
		e, ok := parse(line)
		found = ok && match(e) && take(e)
		return !found
	})
	if err == nil && !found {
		err = ErrNotFound
	}
	return err
}

func groupsOf(file, user string) ([]int, error) {
	var gids []int
	err := scan(file, func(line []byte) bool {
		e, ok := parse(line)
		for members := e.rest; ok && len(members) > 0; {
			var member []byte
			member, members, _ = bytes.Cut(members, []byte(","))
			if string(bytes.TrimSpace(member)) == user {
				gids = append(gids, e.id)
				break
			}
		}
		return true
	})
	return gids, err
}

// entry is what both files have in common: name:password:id:rest. It points
// into the line.
type entry struct {
	name []byte
	id   int
	rest []byte
}

func parse(line []byte) (e entry, ok bool) {
	e.rest = bytes.TrimLeft(line, " \t")
	e.name = field(&e.rest)
	if len(e.name) == 0 || e.name[0] == '#' || e.name[0] == '+' || e.name[0] == '-' {
		return entry{}, false
	}
	field(&e.rest) // the password
	e.id, ok = parseID(field(&e.rest))
	return e, ok
}

// field cuts the next field off rest.
func field(rest *[]byte) []byte {
	f, after, _ := bytes.Cut(*rest, []byte(":"))
	*rest = after
	return f
}

// parseID reads a uid or gid. The largest number of 32 bits is none: to the
// kernel it means "unchanged".
func parseID(field []byte) (int, bool) {
	n, ok := getopt.Uint(string(field))
	return int(n), ok && n < 1<<32-1
}

// scan calls f with every line of the file until it returns false.
func scan(file string, f func(line []byte) bool) error {
	fd, err := open(file)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	return lines(func(b []byte) (int, error) {
		for {
			n, err := unix.Read(fd, b)
			if err != unix.EINTR {
				return n, err
			}
		}
	}, f)
}

func open(file string) (fd int, err error) {
	for {
		fd, err = unix.Open(file, unix.O_RDONLY|unix.O_CLOEXEC|unix.O_NOCTTY, 0)
		if err != unix.EINTR {
			return fd, err
		}
	}
}

// lines calls f with every line, without its newline, of what read returns,
// until f returns false. A line is valid only during the call.
func lines(read func([]byte) (int, error), f func(line []byte) bool) error {
	buf := make([]byte, 4096)
	have := 0 // bytes in buf, none of them a newline
	for {
		if have == len(buf) {
			buf = append(buf, make([]byte, len(buf))...)
		}
		n, err := read(buf[have:])
		if err != nil {
			return err
		}
		if n <= 0 {
			if have > 0 {
				f(buf[:have])
			}
			return nil
		}
		rest := buf[:have+n]
		for {
			line, after, found := bytes.Cut(rest, []byte("\n"))
			if !found {
				break
			}
			if !f(line) {
				return nil
			}
			rest = after
		}
		have = copy(buf, rest)
	}
}

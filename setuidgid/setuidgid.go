// Package setuidgid finds out which uid, gid and supplementary groups an
// account stands for. Names are looked up in the files of package [passwd],
// which says what that means for other databases.
package setuidgid

import (
	"slices"
	"strconv"
	"strings"

	"toolbox/internal/getopt"
	"toolbox/internal/passwd"
	"toolbox/internal/sys"
)

// An Account is what s6-envuidgid puts into the environment.
type Account struct {
	UID, GID int
	// Groups are the groups that list the user as a member; the primary one
	// is not added.
	Groups []int
}

// Credentials returns what a process that runs as the account has. Its gid
// comes first among the supplementary groups, so that an implementation that
// keeps the effective gid there loses no group.
func (a Account) Credentials() sys.Credentials {
	return sys.Credentials{UID: a.UID, GID: a.GID, Groups: WithGID(a.GID, a.Groups)}
}

// WithGID returns gids with gid in front, and nowhere else.
func WithGID(gid int, gids []int) []int {
	list := append(make([]int, 0, 1+len(gids)), gid)
	if i := slices.Index(gids, gid); i >= 0 {
		return append(append(list, gids[:i]...), gids[i+1:]...)
	}
	return append(list, gids...)
}

// ErrSyntax tells that what has a colon is not uid:gid[:gidlist].
const ErrSyntax = syntaxError("not numeric, as in uid:gid[:gidlist]")

type syntaxError string

func (e syntaxError) Error() string { return string(e) }

// An Unknown is a name that no database has.
type Unknown struct {
	Kind string // "user" or "group"
	Name string
	File string
	Err  error // why the file could not be read, or [passwd.ErrNotFound]
}

func (e *Unknown) Error() string {
	text := "unknown " + e.Kind + ": " + e.Name
	if e.Err != passwd.ErrNotFound {
		text += " (unable to read " + e.File + ": " + e.Err.Error() + ")"
	}
	return text
}

// Unwrap returns the reason.
func (e *Unknown) Unwrap() error { return e.Err }

// Numeric reports whether account is written in numbers, not as a name.
func Numeric(account string) bool { return strings.Contains(account, ":") }

// Parse reads an account as s6-setuidgid takes it: with a colon it is
// uid:gid[:gidlist] in numbers only, without one it is a name, also if it
// looks like a number. The error is [ErrSyntax] or that of [Lookup].
func Parse(account string) (Account, error) {
	if !Numeric(account) {
		return Lookup(account)
	}
	uid, rest, _ := strings.Cut(account, ":")
	gid, gids, _ := strings.Cut(rest, ":")
	var a Account
	var ok1, ok2, ok3 bool
	a.UID, ok1 = ID(uid)
	a.GID, ok2 = ID(gid)
	a.Groups, ok3 = List(gids)
	if !ok1 || !ok2 || !ok3 {
		return Account{}, ErrSyntax
	}
	return a, nil
}

// Lookup finds a user and the groups that list it. The error is an [*Unknown],
// or else that of reading the group database.
func Lookup(name string) (Account, error) {
	u, err := passwd.UserByName(name)
	if err != nil {
		return Account{}, &Unknown{"user", name, passwd.Users, err}
	}
	groups, err := passwd.GroupsOf(name)
	return Account{u.UID, u.GID, groups}, err
}

// UID finds the uid of a user. With numeric, a name that is none may be the
// number itself. The error is an [*Unknown].
func UID(name string, numeric bool) (int, error) {
	u, err := passwd.UserByName(name)
	if err == nil {
		return u.UID, nil
	}
	if uid, ok := ID(name); ok && numeric {
		return uid, nil
	}
	return 0, &Unknown{"user", name, passwd.Users, err}
}

// GID finds the gid of a group, as [UID] does for a user.
func GID(name string, numeric bool) (int, error) {
	g, err := passwd.GroupByName(name)
	if err == nil {
		return g.GID, nil
	}
	if gid, ok := ID(name); ok && numeric {
		return gid, nil
	}
	return 0, &Unknown{"group", name, passwd.Groups, err}
}

// Defaults reads uid:gid:gidlist where every part may be missing, but not all
// the text: what is missing is 0, or no group.
func Defaults(text string) (a Account, ok bool) {
	if text == "" {
		return a, false
	}
	uid, rest, _ := strings.Cut(text, ":")
	gid, gids, _ := strings.Cut(rest, ":")
	ok = true
	for _, part := range [...]struct {
		text string
		id   *int
	}{{uid, &a.UID}, {gid, &a.GID}} {
		if part.text != "" && ok {
			*part.id, ok = ID(part.text)
		}
	}
	if ok {
		a.Groups, ok = List(gids)
	}
	return a, ok
}

// ID reads a uid or gid: a number of 32 bits. (The largest is accepted, as in
// the original; no process can have it.)
func ID(text string) (id int, ok bool) {
	n, ok := getopt.Uint(text)
	return int(n), ok && n < 1<<32
}

// List reads a list of gids. They are separated by commas, or as in skalibs by
// any number of commas, colons, semicolons, blanks, tabs and ends of lines.
// The list may end in these but not begin with them. No text is an empty list,
// which is not nil.
//
// The original stops silently at the first thing that is no number: to go on
// with fewer groups than were asked for is not safe.
func List(text string) (gids []int, ok bool) {
	gids = []int{}
	for text != "" {
		end := strings.IndexAny(text, separators)
		if end < 0 {
			end = len(text)
		}
		gid, ok := ID(text[:end])
		if !ok {
			return nil, false
		}
		gids = append(gids, gid)
		text = strings.TrimLeft(text[end:], separators)
	}
	return gids, true
}

const separators = ",:; \t\r\n"

// Format writes a list of gids as [List] reads it.
func Format(gids []int) string {
	var b []byte
	for i, gid := range gids {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(gid), 10)
	}
	return string(b)
}

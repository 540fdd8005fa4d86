package container

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
	"toolbox/internal/passwd"
	"toolbox/internal/sys"
)

// userName returns the name of a user outside, or "".
func userName(uid int) string {
	u, _ := passwd.UserByID(uid)
	return u.Name
}

// findAccount reads user[:group], names or numbers, in the databases of the
// container: it is called with the container's root. A name brings its groups
// along unless a group is given.
func findAccount(account string) (who sys.Credentials, err error) {
	user, group, both := strings.Cut(account, ":")
	who.Groups = []int{}
	if u, err := passwd.UserByName(user); err == nil {
		who.UID, who.GID = u.UID, u.GID
	} else if n, ok := getopt.Uint(user); ok {
		who.UID = int(n)
		if u, err := passwd.UserByID(who.UID); err == nil {
			user, who.GID = u.Name, u.GID
		}
	} else {
		return who, unable(err, "find user", user)
	}
	if !both {
		who.Groups, err = passwd.GroupsOf(user)
		if err != nil && err != unix.ENOENT {
			return who, unable(err, "read", passwd.Groups)
		}
		return who, nil
	}
	if g, err := passwd.GroupByName(group); err == nil {
		who.GID = g.GID
	} else if n, ok := getopt.Uint(group); ok {
		who.GID = int(n)
	} else {
		return who, unable(err, "find group", group)
	}
	return who, nil
}

// become gives this process the credentials of account; without one those of
// root, and no groups of whoever started us.
func become(account string) error {
	if account == "" {
		sys.SetGroups(nil) // where it is denied there is nothing to lose either
		return nil
	}
	who, err := findAccount(account)
	if err != nil {
		return err
	}
	err = sys.SetGroups(who.Groups)
	if err == unix.EPERM && who.UID == unix.Getuid() && who.GID == unix.Getgid() {
		err = nil // denied in a user namespace with one id, which it already is
	}
	if err == nil {
		err = sys.SetGID(who.GID)
	}
	if err == nil {
		err = sys.SetUID(who.UID)
	}
	if err != nil {
		return &Error{What: "become user " + account, Err: err, Cure: onlyOneID(err)}
	}
	return nil
}

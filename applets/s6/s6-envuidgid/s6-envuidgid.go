// Package s6envuidgid implements s6-envuidgid: look an account up and put its
// numbers into the environment, then chain-load.
// Reference: https://skarnet.org/software/s6/s6-envuidgid.html
package s6envuidgid

import (
	"errors"
	"strconv"
	"strings"

	"toolbox/chain"
	"toolbox/internal/getopt"
	"toolbox/setuidgid"
)

// Usage is the synopsis.
const Usage = "s6-envuidgid [ -i | -D uid:gid:gidlist ] [ -u | -g | -B ] [ -n ] account prog..."

// Help is the manual page.
const Help = `put an account's uid, gid and groups into variables, then become a program

Sets UID, GID and GIDLIST, the numbers of the groups that list the user, with
commas between them; the primary group is not added. Users are those of
/etc/passwd and groups those of /etc/group: no other database is asked.

  -u  account is a user: set only UID
  -g  account is a group: set only GID
  -B  account is user:group: set UID and GID; a missing part is 0
  -n  a name that is unknown may be a number; without -u or -g this is -B
  -i  exit 1 if account is unknown (the default)
  -D uid:gid:gidlist
      use these, each 0 or empty if missing, for what is unknown`

// What to look up.
const (
	user   = 1 << iota // sets UID
	group              // sets GID
	groups             // sets GIDLIST
)

// Run sets the variables and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	what, numeric, insist := user|group|groups, false, true
	var a setuidgid.Account // at first what stands for the unknown
	opts := getopt.New("ugBniD:", args)
	for opts.Next() {
		switch opts.Flag {
		case 'u':
			what = user
		case 'g':
			what = group
		case 'B':
			what = user | group
		case 'n':
			numeric = true
		case 'i':
			insist = true
		case 'D':
			var ok bool
			if a, ok = setuidgid.Defaults(opts.Arg); !ok {
				opts.Bad()
			}
			insist = false
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) < 2 {
		return nil, chain.ErrUsage
	}
	account, prog := args[0], args[1:]
	if numeric {
		what &^= groups
	}
	if err := lookUp(&a, account, what, numeric); err != nil {
		var unknown *setuidgid.Unknown
		if !errors.As(err, &unknown) {
			return nil, chain.Unable(err, "get supplementary groups for", account)
		}
		if insist {
			return nil, chain.Fatal(1, unknown.Error())
		}
	}
	if what&user != 0 {
		p.Env.Set("UID", strconv.Itoa(a.UID))
	}
	if what&group != 0 {
		p.Env.Set("GID", strconv.Itoa(a.GID))
	}
	if what&groups != 0 {
		p.Env.Set("GIDLIST", setuidgid.Format(a.Groups))
	}
	return prog, nil
}

// lookUp fills a with what is known about account. The error is that of the
// first part that is unknown.
func lookUp(a *setuidgid.Account, account string, what int, numeric bool) error {
	if what&groups != 0 {
		found, err := setuidgid.Lookup(account)
		if err == nil {
			*a = found
		}
		return err
	}
	userName, groupName := account, account
	if what == user|group {
		var colon bool
		userName, groupName, colon = strings.Cut(account, ":")
		if colon && userName == "" {
			what &^= user
		}
		if groupName == "" {
			what &^= group
		}
	}
	var failed error
	if what&group != 0 {
		gid, err := setuidgid.GID(groupName, numeric)
		if err == nil {
			a.GID = gid
		}
		failed = err
	}
	if what&user != 0 {
		uid, err := setuidgid.UID(userName, numeric)
		if err == nil {
			a.UID = uid
		}
		if failed == nil {
			failed = err
		}
	}
	return failed
}

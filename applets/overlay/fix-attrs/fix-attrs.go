// Package fixattrs implements fix-attrs: give files the owner and modes that
// lines ask for. The format and the rules are in [fixattrs].
// Reference: s6-overlay 2.2.0.3, README, "Fixing ownership & permissions".
package fixattrs

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/boot/fixattrs"
	"toolbox/chain"
	"toolbox/internal/passwd"
	"toolbox/internal/sys"
)

// Usage is the synopsis.
const Usage = "fix-attrs [ file ]"

// Help is the manual page.
const Help = `give files the owner and modes that lines on standard input ask for

Each line is: path recurse account file-mode directory-mode. path is a shell
pattern, recurse true or false, account user or user:group, optionally with a
fallback after a comma (www-data,33:33). A mode is octal, or - to leave it.
Lines that start with # are comments. Files that are right already are not
written; symbolic links are neither followed nor changed.

Reads file if it is given. With S6_FIX_ATTRS_HIDDEN set to a number other than
0, recursion enters names that start with a dot. Exits 1 if a line or a file
made trouble; the others are handled all the same.`

// Run reads the lines and applies them.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	fd, name := 0, "stdin"
	switch len(args) {
	case 0:
	case 1:
		name = args[0]
		if fd, err = unix.Open(name, unix.O_RDONLY|unix.O_CLOEXEC, 0); err != nil {
			return nil, chain.Unable(err, "open", name)
		}
		defer unix.Close(fd)
	default:
		return nil, chain.ErrUsage
	}
	text, err := sys.ReadAll(fd)
	if err != nil {
		return nil, chain.Unable(err, "read", name)
	}
	failed := false
	hidden := p.Env.Get("S6_FIX_ATTRS_HIDDEN")
	a := fixattrs.Applier{
		Hidden: hidden != "" && strings.Trim(hidden, "0") != "",
		Failed: func(verb, path string, err error) {
			failed = true
			p.Warn("unable to", verb, path+":", err.Error())
		},
	}
	for i, line := range strings.Split(string(text), "\n") {
		rule, ok, err := fixattrs.Parse(line, accounts{})
		if err != nil {
			failed = true
			p.Warn(name + ":" + strconv.Itoa(i+1) + ": " + err.Error())
		}
		if ok {
			a.Apply(rule)
		}
	}
	if failed {
		return nil, chain.Exit(1)
	}
	return nil, nil
}

// accounts are those of /etc/passwd and /etc/group.
type accounts struct{}

func (accounts) User(name string) (uid, gid int, ok bool) {
	u, err := passwd.UserByName(name)
	return u.UID, u.GID, err == nil
}

func (accounts) Group(name string) (gid int, ok bool) {
	g, err := passwd.GroupByName(name)
	return g.GID, err == nil
}

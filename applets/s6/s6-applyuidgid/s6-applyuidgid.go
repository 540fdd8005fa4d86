// Package s6applyuidgid implements s6-applyuidgid: change uid, gid and groups
// as options or the environment say, then chain-load.
// Reference: https://skarnet.org/software/s6/s6-applyuidgid.html
package s6applyuidgid

import (
	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/getopt"
	"toolbox/internal/sys"
	"toolbox/setuidgid"
)

// Usage is the synopsis.
const Usage = "s6-applyuidgid [ -z ] [ -u uid ] [ -g gid ] [ -G gidlist ] [ -U ] prog..."

// Help is the manual page.
const Help = `become a program with another uid, gid or list of groups

All values are numbers. What no option names stays as it is, and so does a
uid or gid for which 0 is given. The gid is added to the list of groups.

  -u uid      set the uid
  -g gid      set the gid
  -G gidlist  set the supplementary groups, with commas between them
  -U          take all three from the variables UID, GID and GIDLIST; options
              after it override them
  -z          remove UID, GID and GIDLIST from the environment`

// Run changes the credentials and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	unexport := false
	var a setuidgid.Account // with nil for "leave the groups alone"
	opts := getopt.New("zUu:g:G:", args)
	for opts.Next() {
		ok := true
		switch opts.Flag {
		case 'z':
			unexport = true
		case 'u':
			a.UID, ok = setuidgid.ID(opts.Arg)
		case 'g':
			a.GID, ok = setuidgid.ID(opts.Arg)
		case 'G':
			a.Groups, ok = setuidgid.List(opts.Arg)
		case 'U':
			if a, err = fromEnv(p); err != nil {
				return nil, err
			}
		}
		if !ok {
			opts.Bad()
		}
	}
	prog, ok := opts.Operands()
	if !ok || len(prog) == 0 {
		return nil, chain.ErrUsage
	}
	if err := p.SetCredentials(credentials(a)); err != nil {
		return nil, err
	}
	if unexport {
		p.Env.Unset("UID")
		p.Env.Unset("GID")
		p.Env.Unset("GIDLIST")
	}
	return prog, nil
}

// fromEnv reads the account that s6-envuidgid left in the environment.
func fromEnv(p *chain.Proc) (a setuidgid.Account, err error) {
	for _, name := range [...]string{"UID", "GID", "GIDLIST"} {
		value, ok := p.Env.Lookup(name)
		if !ok {
			return a, chain.Fatal(chain.CodeUsage, name, "not set")
		}
		switch name {
		case "UID":
			a.UID, ok = setuidgid.ID(value)
		case "GID":
			a.GID, ok = setuidgid.ID(value)
		case "GIDLIST":
			a.Groups, ok = setuidgid.List(value)
		}
		if !ok {
			return a, chain.Fatal(chain.CodeUsage, "invalid $"+name)
		}
	}
	return a, nil
}

// credentials is the account where 0 means "unchanged".
func credentials(a setuidgid.Account) sys.Credentials {
	c := sys.Credentials{UID: a.UID, GID: a.GID}
	if a.Groups != nil {
		gid := a.GID
		if gid == 0 {
			gid = unix.Getegid()
		}
		c.Groups = setuidgid.WithGID(gid, a.Groups)
	}
	if c.UID == 0 {
		c.UID = -1
	}
	if c.GID == 0 {
		c.GID = -1
	}
	return c
}

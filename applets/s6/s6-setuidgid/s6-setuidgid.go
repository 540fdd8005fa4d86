// Package s6setuidgid implements s6-setuidgid: become another user, then
// chain-load. Accounts are described in [setuidgid].
// Reference: https://skarnet.org/software/s6/s6-setuidgid.html
package s6setuidgid

import (
	"errors"

	"toolbox/chain"
	"toolbox/setuidgid"
)

// Usage is the synopsis.
const Usage = "s6-setuidgid account prog..."

// Help is the manual page.
const Help = `become a program that runs as another user

account is a user of /etc/passwd (no other database is asked); prog... gets
its uid, its gid and the groups of /etc/group that list it, and loses the
variables UID, GID and GIDLIST. With a colon, account is numeric:
uid:gid[:gidlist], with a comma between groups, and only these groups are
kept. An empty account changes nothing.

Only root can change to another user. Whoever already is that user, but
without the right to set groups, goes on with a warning. The exit code is 1
if account is unknown, 111 if it could not be changed to.`

// Run changes the credentials and returns prog.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) < 2 {
		return nil, chain.ErrUsage
	}
	account, prog := args[0], args[1:]
	if account == "" {
		return prog, nil
	}
	a, err := setuidgid.Parse(account)
	if err == setuidgid.ErrSyntax {
		return nil, chain.Fatal(chain.CodeUsage, "invalid account:", account, "is", err.Error())
	}
	var unknown *setuidgid.Unknown
	if errors.As(err, &unknown) {
		return nil, chain.Fatal(1, unknown.Error())
	}
	if err != nil {
		return nil, chain.Unable(err, "get supplementary groups for", account)
	}
	if err := p.SetCredentials(a.Credentials()); err != nil {
		return nil, err
	}
	if !setuidgid.Numeric(account) {
		// The original sets these variables and, in s6-applyuidgid, removes
		// them again, which gives the other ones their order.
		for _, name := range [...]string{"UID", "GID", "GIDLIST"} {
			p.Env.Set(name, "")
		}
		for _, name := range [...]string{"UID", "GID", "GIDLIST"} {
			p.Env.Unset(name)
		}
	}
	return prog, nil
}

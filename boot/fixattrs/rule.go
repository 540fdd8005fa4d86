// Package fixattrs gives files the owner and modes that the lines of
// /etc/fix-attrs.d ask for.
//
// A line has five words, separated by blanks or tabs:
//
//	path recurse account file-mode directory-mode
//
// path is a shell pattern. recurse is true or false. account is NAME, the
// user with its primary group, or USER:GROUP, each a name or a number; after
// a comma may follow UID:GID, used for what is not found. A mode is octal, or
// "-" to leave it alone. A line that starts with # is a comment.
// Source: s6-overlay 2.2.0.3, README and fix-attrs.
package fixattrs

import (
	"errors"
	"strconv"
	"strings"
)

// KeepMode stands for the mode "-".
const KeepMode = -1

// A Rule is one line.
type Rule struct {
	Path     string // a shell pattern
	Recurse  bool
	UID, GID int
	FileMode int // permission bits with setuid, setgid and sticky, or KeepMode
	DirMode  int
}

// Accounts looks names up in the user and group databases.
type Accounts interface {
	// User returns a user's id and primary group.
	User(name string) (uid, gid int, ok bool)
	// Group returns a group's id.
	Group(name string) (gid int, ok bool)
}

// Parse reads a line. ok is false for an empty line or a comment.
func Parse(line string, accounts Accounts) (rule Rule, ok bool, err error) {
	words := strings.Fields(line)
	if len(words) == 0 || words[0][0] == '#' {
		return Rule{}, false, nil
	}
	if len(words) != 5 {
		return Rule{}, false, errors.New("expected 5 words (path recurse account file-mode directory-mode), got " + strconv.Itoa(len(words)))
	}
	rule.Path = words[0]
	switch words[1] {
	case "true":
		rule.Recurse = true
	case "false":
	default:
		return Rule{}, false, errors.New("recurse must be true or false, not " + words[1])
	}
	if rule.UID, rule.GID, err = account(words[2], accounts); err != nil {
		return Rule{}, false, err
	}
	if rule.FileMode, err = mode(words[3]); err != nil {
		return Rule{}, false, err
	}
	if rule.DirMode, err = mode(words[4]); err != nil {
		return Rule{}, false, err
	}
	return rule, true, nil
}

func mode(word string) (int, error) {
	if word == "-" {
		return KeepMode, nil
	}
	n, err := strconv.ParseUint(word, 8, 32)
	if err != nil || n > 0o7777 {
		return 0, errors.New("invalid mode: " + word)
	}
	return int(n), nil
}

// account resolves the third word. A lone number is a name: only next to a
// colon can it be an id.
func account(word string, accounts Accounts) (uid, gid int, err error) {
	spec, fallback, hasFallback := strings.Cut(word, ",")
	fallbackUID, fallbackGID := -1, -1
	if hasFallback {
		u, g, _ := strings.Cut(fallback, ":")
		var ok1, ok2 bool
		fallbackUID, ok1 = number(u)
		fallbackGID, ok2 = number(g)
		if !ok1 || !ok2 {
			return 0, 0, errors.New("invalid fallback uid:gid: " + fallback)
		}
	}
	user, group, hasGroup := strings.Cut(spec, ":")
	if !hasGroup {
		if uid, gid, ok := accounts.User(user); ok {
			return uid, gid, nil
		}
		if !hasFallback {
			return 0, 0, errors.New("unknown user: " + user)
		}
		return fallbackUID, fallbackGID, nil
	}
	uid, ok := number(user)
	if !ok {
		if uid, _, ok = accounts.User(user); !ok {
			uid = fallbackUID
		}
	}
	if gid, ok = number(group); !ok {
		if gid, ok = accounts.Group(group); !ok {
			gid = fallbackGID
		}
	}
	if uid < 0 {
		return 0, 0, errors.New("unknown user: " + user)
	}
	if gid < 0 {
		return 0, 0, errors.New("unknown group: " + group)
	}
	return uid, gid, nil
}

// number reads an id; 2^32-1 means "no change" to the kernel, so it is none.
func number(s string) (int, bool) {
	n, err := strconv.ParseUint(s, 10, 32)
	return int(n), err == nil && n < 1<<32-1
}

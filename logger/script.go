// Package logger is s6-log's engine: it reads lines, stamps them, and writes
// them into automatically rotated log directories.
// Source: https://skarnet.org/software/s6/s6-log.html
package logger

import (
	"strings"
	"time"

	"toolbox/internal/getopt"
)

// An actionKind says where an action's lines go.
type actionKind uint8

const (
	toStdout actionKind = iota
	toStderr
	toFile
	toDirectory
)

// An action is one place that lines go to, and how they look there.
type action struct {
	kind   actionKind
	path   string // of a file or directory
	tai64n bool   // directive t
	local  bool   // directive T
	prefix string // directive p
	cut    int    // of an alert, in bytes; 0: none (E)
	pad    int    // the size of a status file; 0: not padded (^)
	dir    dirSettings
	open   *directory
}

// dirSettings is how a log directory is kept.
type dirSettings struct {
	archives  int           // how many are kept (n)
	size      int64         // of a file at most (s)
	tolerance int64         // rotate when this little room is left (l)
	total     int64         // of all archives at most, 0: no limit (S)
	retry     time.Duration // between attempts after an error (r)
	every     time.Duration // rotate at least so often, 0: never (R)
}

// Limits and defaults of the directives.
const (
	minSize, maxSize = 4096, 268435455
	defaultCut       = 200
	defaultPad       = 1001
)

// A ScriptError tells what is wrong with a logging script.
type ScriptError string

func (e ScriptError) Error() string { return string(e) }

// A Script is a parsed logging script.
type Script struct {
	actions []action
	// Trailing reports directives behind the last action, which do nothing.
	Trailing bool
}

// Parse reads a logging script, a directive a word. The error is a
// [ScriptError].
func Parse(words []string) (*Script, error) {
	s := &Script{}
	now := action{cut: defaultCut, pad: defaultPad, dir: dirSettings{
		archives: 10, size: 99999, tolerance: 2000, retry: 2 * time.Second,
	}}
	for _, word := range words {
		if word == "" {
			return nil, ScriptError("unrecognized directive: an empty word")
		}
		act, err := now.directive(word)
		if err != nil {
			return nil, err
		}
		s.Trailing = !act
		if !act {
			continue
		}
		s.actions = append(s.actions, now)
		// Stamps are for the next action only; all else stays.
		now.tai64n, now.local = false, false
	}
	if len(s.actions) == 0 {
		return nil, ScriptError("no action directive specified")
	}
	return s, nil
}

// directive changes what the next action will be, or completes it.
func (a *action) directive(word string) (complete bool, err error) {
	arg := word[1:]
	alone := func() error {
		if arg != "" {
			return ScriptError("syntax error at directive: " + word)
		}
		return nil
	}
	number := func(max uint64, set func(n int64)) error {
		n, ok := getopt.Uint(arg)
		if !ok || n > max {
			return ScriptError("syntax error at directive: " + word)
		}
		set(int64(n))
		return nil
	}
	const any, days = 1<<32 - 1, 1 << 32 / 1000
	switch word[0] {
	case '1':
		a.kind = toStdout
		return true, alone()
	case '2':
		a.kind = toStderr
		return true, alone()
	case '=':
		a.kind, a.path = toFile, arg
		if arg == "" {
			return false, ScriptError("syntax error at directive: " + word)
		}
		return true, nil
	case '.', '/':
		a.kind, a.path = toDirectory, strings.TrimRight(word, "/")
		if a.path == "" {
			a.path = "/"
		}
		return true, nil
	case 't':
		a.tai64n = true
		return false, alone()
	case 'T':
		a.local = true
		return false, alone()
	case 'p':
		a.prefix = arg
		return false, nil
	case 'n':
		return false, number(any, func(n int64) { a.dir.archives = int(n) })
	case 's':
		return false, number(any, func(n int64) { a.dir.size = max(min(n, maxSize), minSize) })
	case 'S':
		return false, number(1<<62, func(n int64) { a.dir.total = n })
	case 'l':
		if err := number(any, func(n int64) { a.dir.tolerance = n }); err != nil {
			return false, err
		}
		if a.dir.tolerance > a.dir.size/2 {
			return false, ScriptError("tolerance is more than half of the maximum file size: " + word)
		}
		return false, nil
	case 'r':
		return false, number(any, func(n int64) { a.dir.retry = time.Duration(n) * time.Millisecond })
	case 'R':
		return false, number(days, func(n int64) { a.dir.every = time.Duration(n) * time.Second })
	case 'E':
		return false, number(any, func(n int64) { a.cut = int(n) })
	case '^':
		return false, number(1<<20, func(n int64) { a.pad = int(n) })
	case '+', '-', 'f':
		return false, ScriptError("selecting lines is not part of this version: " + word)
	case '!', '?':
		return false, ScriptError("processors are not part of this version: " + word)
	}
	return false, ScriptError("unrecognized directive: " + word)
}

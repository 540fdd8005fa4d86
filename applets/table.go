// Package applets is the table of commands: every name that can be typed, what
// it runs, its synopsis, its page, and where it may run. An alias is a row
// like any other. The rows stand in one file per suite, sorted by name.
package applets

import (
	"toolbox/chain"
)

// A row is an applet; a type of its own, so that rows need no field names.
type row chain.Applet

const (
	loader   = chain.Loader
	process  = chain.Process
	resident = chain.Resident
	command  = chain.Command
)

// A Suite is the rows of one origin.
type Suite struct {
	Name string
	Rows []row
}

// Suites lists the suites in the order documentation shows them.
func Suites() []Suite {
	return []Suite{
		{"execline", execlineRows[:]},
		{"s6", s6Rows[:]},
		{"overlay", overlayRows[:]},
		{"toolbox", toolboxRows[:]},
	}
}

// Lookup finds the applet that is called name.
func Lookup(name string) (*chain.Applet, bool) {
	if a := find(execlineRows[:], name); a != nil {
		return a, true
	}
	if a := find(s6Rows[:], name); a != nil {
		return a, true
	}
	if a := find(overlayRows[:], name); a != nil {
		return a, true
	}
	if a := find(toolboxRows[:], name); a != nil {
		return a, true
	}
	return nil, false
}

func find(rows []row, name string) *chain.Applet {
	lo, hi := 0, len(rows)
	for lo < hi {
		mid := (lo + hi) / 2
		switch {
		case rows[mid].Name == name:
			return (*chain.Applet)(&rows[mid])
		case rows[mid].Name < name:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return nil
}

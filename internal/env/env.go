// Package env holds a process environment as skalibs does: a list whose order
// programs can see, with cheap snapshots for blocks that are rolled back.
package env

import (
	"sort"
	"strings"
)

// DefaultPath is searched when PATH is unset (skalibs' default).
const DefaultPath = "/usr/bin:/bin"

// An Env is an ordered list of NAME=VALUE strings. The zero value is empty.
// Copying an Env takes a snapshot; the copies do not see each other's changes
// as long as the copy was made by [Env.Snapshot].
type Env struct {
	vars   []string
	shared bool // vars belongs to a snapshot too: copy before writing
}

// New returns an Env that holds vars, which it takes over.
func New(vars []string) Env { return Env{vars: vars} }

// Snapshot returns a copy of e. Both copy their list at their next change.
func (e *Env) Snapshot() Env {
	e.shared = true
	return *e
}

// Strings returns the list. It must not be changed.
func (e *Env) Strings() []string { return e.vars }

// Lookup returns the value of name and whether it is set. Of several entries
// with one name the first counts, as with getenv(3).
func (e *Env) Lookup(name string) (value string, ok bool) {
	if i := e.index(name); i >= 0 {
		return e.vars[i][len(name)+1:], true
	}
	return "", false
}

// Get returns the value of name, or "" if it is not set.
func (e *Env) Get(name string) string {
	value, _ := e.Lookup(name)
	return value
}

// Set gives name the value. The entry moves to the end of the list, and the
// one that was last takes its place: the order of skalibs' env_merge.
func (e *Env) Set(name, value string) {
	e.Unset(name)
	e.own(1)
	e.vars = append(e.vars, name+"="+value)
}

// Unset removes name and reports whether it was there.
func (e *Env) Unset(name string) bool {
	i := e.index(name)
	if i < 0 {
		return false
	}
	e.own(0)
	last := len(e.vars) - 1
	e.vars[i] = e.vars[last]
	e.vars = e.vars[:last]
	return true
}

// Clear removes every variable.
func (e *Env) Clear() { *e = Env{} }

// Filter rewrites the list in order: f returns what an entry becomes, or ""
// to drop it.
func (e *Env) Filter(f func(entry string) string) {
	e.own(0)
	kept := e.vars[:0]
	for _, entry := range e.vars {
		if entry = f(entry); entry != "" {
			kept = append(kept, entry)
		}
	}
	e.vars = kept
}

// Sorted returns the entries in byte order, in memory of their own.
func (e *Env) Sorted() []string {
	vars := append([]string(nil), e.vars...)
	sort.Strings(vars)
	return vars
}

func (e *Env) index(name string) int {
	for i, entry := range e.vars {
		if len(entry) > len(name) && entry[len(name)] == '=' && entry[:len(name)] == name {
			return i
		}
	}
	return -1
}

// own makes the list writable, with room for n more.
func (e *Env) own(n int) {
	if e.shared {
		e.vars = append(make([]string, 0, len(e.vars)+n+4), e.vars...)
		e.shared = false
	}
}

// Valid reports whether name can be the name of a variable.
func Valid(name string) bool { return name != "" && !strings.Contains(name, "=") }

// A Change is one variable set or removed. A list of changes is what the
// programs that read variables from somewhere hand on.
type Change struct {
	Name, Value string
	Unset       bool
}

// Apply makes changes in order.
func (e *Env) Apply(changes []Change) {
	for _, c := range changes {
		if c.Unset {
			e.Unset(c.Name)
		} else {
			e.Set(c.Name, c.Value)
		}
	}
}

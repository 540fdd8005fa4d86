package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// ranks is the house from top to bottom. A package may import what has a
// lower rank; packages of one rank do not know each other.
var ranks = []struct {
	prefix string
	rank   int
}{
	{"toolbox/applets/", 6}, // <suite>/<command>
	{"toolbox/applets", 7},  // the table
	{"toolbox/boot", 5},
	{"toolbox/supervise", 4},
	{"toolbox/substitute", 3},
	{"toolbox/logger", 3},
	{"toolbox/ipc", 3},
	{"toolbox/chain", 2},
	{"toolbox/execline", 2},
	{"toolbox/envdir", 2},
	{"toolbox/setuidgid", 2},
	{"toolbox/softlimit", 2},
	{"toolbox/internal/", 1},
	{"toolbox", 8},
}

// rank is 0 for a package that has no place in the house.
func rank(pkg string) int {
	for _, r := range ranks {
		if pkg == r.prefix || strings.HasPrefix(pkg, r.prefix) && strings.HasSuffix(r.prefix, "/") ||
			r.rank < 6 && strings.HasPrefix(pkg, r.prefix+"/") {
			return r.rank
		}
	}
	return 0
}

// allowed reports whether the arrow from one of our packages to another goes
// down. Inside the subtree of an engine the root may import its rooms;
// small leaves under internal may import each other.
func allowed(from, to string) bool {
	return rank(to) != 0 && (rank(to) < rank(from) ||
		rank(from) < 6 && strings.HasPrefix(to, from+"/") ||
		rank(from) == 1 && rank(to) == 1)
}

// TestAllowed draws arrows that must not be, so that TestImports can fail.
func TestAllowed(t *testing.T) {
	for _, tt := range []struct {
		from, to string
		want     bool
	}{
		{"toolbox", "toolbox/applets", true},
		{"toolbox/applets", "toolbox/applets/s6/s6-svc", true},
		{"toolbox/applets/s6/s6-svc", "toolbox/applets", false},
		{"toolbox/applets/s6/s6-svc", "toolbox/applets/s6/s6-svok", false},
		{"toolbox/applets/s6/s6-svc", "toolbox/chain", true},
		{"toolbox/boot", "toolbox/boot/contenv", true},
		{"toolbox/boot/contenv", "toolbox/boot", false},
		{"toolbox/boot", "toolbox/supervise", true},
		{"toolbox/supervise", "toolbox/boot", false},
		{"toolbox/logger", "toolbox/ipc", false},
		{"toolbox/chain", "toolbox/execline", false},
		{"toolbox/chain", "toolbox/internal/sys", true},
		{"toolbox/internal/loop", "toolbox/internal/sys", true},
		{"toolbox/internal/sys", "toolbox/chain", false},
		{"toolbox/applets/s6/s6-svc", "toolbox/bench", false},
	} {
		if got := allowed(tt.from, tt.to); got != tt.want {
			t.Errorf("allowed(%s, %s) = %v; want %v", tt.from, tt.to, got, tt.want)
		}
	}
}

// house lists our packages, without programs that are not part of the binary,
// and what each imports directly.
func house(t *testing.T) map[string][]string {
	imports := make(map[string][]string)
	for _, line := range goList(t, "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...") {
		words := strings.Fields(line)
		if !strings.HasPrefix(words[0], "toolbox/examples/") && !strings.HasPrefix(words[0], "toolbox/bench") {
			imports[words[0]] = words[1:]
		}
	}
	return imports
}

func goList(t *testing.T, args ...string) []string {
	t.Helper()
	list := exec.Command("go", append([]string{"list", "-tags", "toolbox_linkname"}, args...)...)
	var errors strings.Builder
	list.Stderr = &errors
	output, err := list.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", list, err, errors.String())
	}
	return strings.Split(strings.TrimSpace(string(output)), "\n")
}

// Arrows between packages point one way: see HACKING.md.
func TestImports(t *testing.T) {
	for from, list := range house(t) {
		if rank(from) == 0 {
			t.Errorf("%s has no place in the house: give it a rank here and in HACKING.md", from)
		}
		for _, to := range list {
			if strings.HasPrefix(to, "toolbox/") && !allowed(from, to) {
				t.Errorf("%s must not import %s", from, to)
			}
		}
	}
}

// affordable is what our packages may import besides each other. Everything
// linked costs start-up time in every applet; os, fmt, net, os/signal and
// their like do work in init, or get in the way of what this program must
// control itself: descriptors, signals, children.
var affordable = []string{
	"bytes", "cmp", "container/heap", "errors", "io/fs", "iter", "math", "math/bits", "runtime", "slices", "sort",
	"strconv", "strings", "sync", "sync/atomic", "time", "unicode", "unicode/utf8", "unsafe",
	"golang.org/x/sys/unix",
	"encoding/binary", // package unix links it anyway
}

// dear is what must not be linked at all, however indirectly.
var dear = []string{
	"bufio", "context", "encoding/json", "flag", "fmt", "io/ioutil", "log", "net", "os", "os/exec", "os/signal",
	"os/user", "regexp", "runtime/debug", "text/template",
}

func TestLinkedPackages(t *testing.T) {
	for from, list := range house(t) {
		for _, to := range list {
			if !strings.HasPrefix(to, "toolbox/") && !slices.Contains(affordable, to) {
				t.Errorf("%s imports %s", from, to)
			}
		}
	}
	for _, pkg := range goList(t, "-deps", ".") {
		if slices.Contains(dear, pkg) {
			t.Errorf("%s is linked; `go mod why -m` and `go list -deps` tell by whom", pkg)
		}
	}
}

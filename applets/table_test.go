package applets_test

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"toolbox/applets"
	"toolbox/applets/example/hello"
	"toolbox/chain"
)

// room is the folder of a row's applet: "execline/foreground".
func room(a *chain.Applet) string {
	run := runtime.FuncForPC(reflect.ValueOf(a.Run).Pointer()).Name()
	pkg, _, _ := strings.Cut(strings.TrimPrefix(run, "toolbox/applets/"), ".")
	return pkg
}

func TestRows(t *testing.T) {
	seen := make(map[string]bool)
	for _, suite := range applets.Suites() {
		for i := range suite.Rows {
			a := (*chain.Applet)(&suite.Rows[i])
			if i > 0 && suite.Rows[i-1].Name >= a.Name {
				t.Errorf("%s: row %s is not sorted", suite.Name, a.Name)
			}
			if seen[a.Name] {
				t.Errorf("%s: %s has two rows", suite.Name, a.Name)
			}
			seen[a.Name] = true
			checkRow(t, a)
		}
	}
}

func checkRow(t *testing.T, a *chain.Applet) {
	usage := strings.Fields(a.Usage)
	if len(usage) == 0 {
		t.Fatalf("%s: no usage", a.Name)
	}
	name := usage[0]
	if a.Kind == chain.Command {
		if name != "toolbox" || len(usage) < 2 || usage[1] != a.Name {
			t.Errorf("%s: usage starts with %q; want %q", a.Name, a.Usage, "toolbox "+a.Name)
		}
		name = a.Name
	}
	// An alias reports as the program it is, which is in the table too.
	named, ok := applets.Lookup(name)
	if !ok || room(named) != room(a) {
		t.Errorf("%s: usage starts with %s, which is another applet or none", a.Name, name)
	}
	summary, text, _ := strings.Cut(a.Help, "\n")
	if summary == "" || len(summary) > 80 || strings.HasSuffix(summary, ".") {
		t.Errorf("%s: help starts with %q; want a few words, no full stop", a.Name, summary)
	}
	if text != "" && text[0] != '\n' {
		t.Errorf("%s: help has no blank line after its first", a.Name)
	}
	for line := range strings.Lines(a.Help) {
		if len(line) > 100 || strings.TrimRight(line, " \t\n") != strings.TrimSuffix(line, "\n") {
			t.Errorf("%s: help line %q is too long, or ends in blanks", a.Name, line)
		}
	}
	if got, ok := applets.Lookup(a.Name); !ok || got.Name != a.Name {
		t.Errorf("Lookup(%q) fails", a.Name)
	}
}

// Every folder is spelled as one of the commands in it is typed.
func TestRooms(t *testing.T) {
	rooms := []string{"example/hello", "toolbox/install"} // the template; `toolbox --install`
	for _, suite := range applets.Suites() {
		for i := range suite.Rows {
			a := (*chain.Applet)(&suite.Rows[i])
			if !strings.HasPrefix(room(a), suite.Name+"/") {
				t.Errorf("%s is a row of %s, but lives in %s", a.Name, suite.Name, room(a))
			}
			if filepath.Base(room(a)) == a.Name {
				rooms = append(rooms, room(a))
			}
		}
	}
	files, err := filepath.Glob("*/*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no applets", err)
	}
	for _, file := range files {
		if dir := filepath.Dir(file); !slices.Contains(rooms, dir) {
			t.Errorf("%s has no row of that name", dir)
		}
	}
}

// Every applet has a script that tests it on the release binary.
func TestScripts(t *testing.T) {
	for _, suite := range applets.Suites() {
		for i := range suite.Rows {
			a := (*chain.Applet)(&suite.Rows[i])
			name := filepath.Base(room(a))
			if _, err := os.Stat("../testdata/script/" + name + ".txtar"); err != nil {
				t.Errorf("%s: no script testdata/script/%s.txtar", a.Name, name)
			}
		}
	}
}

func TestTemplate(t *testing.T) {
	checkTemplate := chain.Applet{Name: "hello", Run: hello.Run, Usage: hello.Usage, Help: hello.Help}
	if room(&checkTemplate) != "example/hello" {
		t.Error(room(&checkTemplate))
	}
	p := new(chain.Proc)
	next, err := hello.Run(p, []string{"-q", "-g", "good day", "world", "prog", "arg"})
	if err != nil || !slices.Equal(next, []string{"prog", "arg"}) || p.Env.Get("GREETED") != "world" {
		t.Errorf("hello = %q, %v; environment %q", next, err, p.Env.Strings())
	}
	for _, args := range [][]string{nil, {"world"}, {"-x", "world", "prog"}, {"-g"}} {
		if _, err := hello.Run(p, args); err != chain.ErrUsage {
			t.Errorf("hello %q: %v; want ErrUsage", args, err)
		}
	}
}

package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// scriptTimeout is how long one script may take; then all its processes are
// killed, and the line that waited for one fails.
const scriptTimeout = 60 * time.Second

// waitTimeout is how long `waitfile` and `until` wait.
const waitTimeout = 30 * time.Second

// TestScripts runs testdata/script/*.txtar; HACKING.md says how to write one.
//
// Each script runs in a test process of its own, which adopts what the
// script's programs leave behind and kills it at the end.
func TestScripts(t *testing.T) {
	if script := os.Getenv(scriptVariable); script != "" {
		runScript(t, script)
		return
	}
	files, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	two := make(chan struct{}, 2)
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			two <- struct{}{}
			defer func() { <-two }()
			if reason := skipped(file); reason != "" {
				t.Skip(reason)
			}
			child := exec.Command(os.Args[0], "-test.run=^TestScripts$/^"+regexp.QuoteMeta(name)+"$",
				"-confirm="+*confirm, "-test.v="+strconv.FormatBool(testing.Verbose()))
			for _, arg := range os.Args[1:] {
				if strings.TrimLeft(arg, "-") == "testwork" {
					child.Args = append(child.Args, arg)
				}
			}
			child.Env = append(os.Environ(), dirVariable+"="+filepath.Dir(program), scriptVariable+"="+file)
			child.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: unix.SIGKILL}
			child.WaitDelay = 10 * time.Second
			output, err := child.CombinedOutput()
			switch {
			case err != nil:
				t.Fatalf("%v\n%s", err, output)
			case bytes.Contains(output, []byte("--- SKIP")):
				t.Skip(string(output))
			case testing.Verbose():
				t.Log(string(output))
			}
		})
	}
}

// skipped says why a script does not run on the originals: its first lines
// hold the comment "# toolbox only", perhaps with a reason.
func skipped(file string) string {
	if *confirm == "" {
		return ""
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return ""
	}
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "#") {
			break
		}
		if strings.HasPrefix(line, "# toolbox only") {
			return strings.TrimSpace(line[2:])
		}
	}
	return ""
}

// runScript runs one script, in a test process of its own.
func runScript(t *testing.T, file string) {
	unix.Umask(0o022)
	// Scripts see the descriptors 0 to 2 only, whoever runs the tests.
	if err := unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		t.Fatal(err)
	}
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		t.Fatal(err)
	}
	watchdog := time.AfterFunc(scriptTimeout, func() {
		t.Error("still running after", scriptTimeout)
		for range 3 { // the script may have started one more program
			for _, line := range killDescendants() {
				fmt.Println("killed", line)
			}
			<-time.After(time.Second)
		}
		os.Exit(1)
	})
	t.Cleanup(func() {
		watchdog.Stop()
		killDescendants()
		for {
			if _, err := unix.Wait4(-1, nil, 0, nil); err != nil && err != unix.EINTR {
				break
			}
		}
	})
	testscript.Run(t, testscript.Params{
		Files:               []string{file},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               setup,
		Condition:           condition,
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"bgpid":    bgpid,
			"exits":    exits,
			"until":    until,
			"waitfile": waitfile,
		},
	})
}

// setup gives a script a small environment and its own home.
func setup(e *testscript.Env) error {
	e.Defer(func() { killDescendants() })
	if err := os.Chmod(e.WorkDir, 0o755); err != nil {
		return err
	}
	if err := os.Chmod(filepath.Dir(e.WorkDir), 0o755); err != nil {
		return err
	}
	home := filepath.Join(e.WorkDir, ".home")
	path, bin := links, links
	if *confirm != "" {
		path = *confirm
		bin, _, _ = strings.Cut(path, ":")
	}
	project, err := os.Getwd()
	if err != nil {
		return err
	}
	e.Vars = []string{
		"WORK=" + e.WorkDir,
		"HOME=" + home,
		"TMPDIR=" + e.Getenv("TMPDIR"),
		"PATH=" + path + ":/usr/sbin:/usr/bin:/sbin:/bin",
		"BINDIR=" + bin,      // has the programs under test
		"PROGRAM=" + program, // where they are ours
		"LC_ALL=C",
		"PROJECT=" + project,
		"$=$",
	}
	return os.Mkdir(home, 0o755)
}

func condition(name string) (bool, error) {
	switch name {
	case "toolbox": // the programs under test are ours
		return *confirm == "", nil
	case "root":
		return os.Geteuid() == 0, nil
	case "userns": // an ordinary user may make user namespaces
		return exec.Command("unshare", "-U", "true").Run() == nil, nil
	}
	if key, ok := strings.CutPrefix(name, "new:"); ok {
		known, err := debianIsOlder(key)
		return !known || *confirm != debian, err
	}
	return false, fmt.Errorf("unknown condition")
}

// exits runs a program and checks how it ends: `exits CODE prog args...`, where
// CODE may be the name of the signal that must kill it.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code prog [args...]")
	}
	want := args[0]
	if unix.SignalNum(want) == 0 {
		if n, err := strconv.ParseUint(want, 10, 8); err != nil || strconv.Itoa(int(n)) != want {
			ts.Fatalf("bad exit code %q", want)
		}
	}
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		ws := exit.Sys().(syscall.WaitStatus)
		got = strconv.Itoa(ws.ExitStatus())
		if ws.Signaled() {
			got = unix.SignalName(ws.Signal())
		}
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %s; want %s", got, want)
	}
}

// until runs a program again and again until it succeeds: `until prog args...`.
func until(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: until prog [args...]")
	}
	await(ts, func() bool { return ts.Exec(args[0], args[1:]...) == nil })
}

// waitfile waits until a file exists, and matches a pattern if there is one:
// `waitfile file [pattern]`.
func waitfile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: waitfile file [pattern]")
	}
	pattern := regexp.MustCompile("")
	if len(args) == 2 {
		var err error
		pattern, err = regexp.Compile("(?m)" + args[1])
		ts.Check(err)
	}
	file := ts.MkAbs(args[0])
	await(ts, func() bool {
		if len(args) == 1 {
			_, err := os.Lstat(file)
			return err == nil
		}
		text, err := os.ReadFile(file)
		return err == nil && pattern.Match(text)
	})
}

func await(ts *testscript.TestScript, reached func() bool) {
	deadline := time.Now().Add(waitTimeout)
	for range time.Tick(10 * time.Millisecond) {
		if reached() {
			return
		}
		if time.Now().After(deadline) {
			ts.Fatalf("still waiting after %v", waitTimeout)
		}
	}
}

// bgpid sets a variable to the pid of the last program started with `&`:
// `bgpid VARIABLE`.
func bgpid(ts *testscript.TestScript, neg bool, args []string) {
	background := ts.BackgroundCmds()
	if neg || len(args) != 1 || len(background) == 0 {
		ts.Fatalf("usage: bgpid variable, after exec prog &")
	}
	ts.Setenv(args[0], strconv.Itoa(background[len(background)-1].Process.Pid))
}

// killDescendants kills every descendant of this process and tells what they
// were. Whatever lost its parent became our child.
func killDescendants() (killed []string) {
	for range time.Tick(time.Millisecond) {
		alive := descendants()
		if len(alive) == 0 {
			break
		}
		for _, pid := range alive {
			line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
			if unix.Kill(pid, unix.SIGKILL) == nil && len(line) > 0 {
				killed = append(killed, fmt.Sprintf("%d: %s", pid, bytes.ReplaceAll(line, []byte{0}, []byte(" "))))
			}
		}
	}
	return killed
}

// descendants lists the processes below this one, without zombies.
func descendants() (alive []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	parent, zombie := make(map[int]int), make(map[int]bool)
	for _, stat := range stats {
		text, _ := os.ReadFile(stat)
		_, fields, _ := strings.Cut(string(text), ") ") // see proc_pid_stat(5)
		var state string
		var ppid int
		if n, _ := fmt.Sscan(fields, &state, &ppid); n == 2 {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(stat)))
			parent[pid], zombie[pid] = ppid, state == "Z" || state == "X"
		}
	}
	for pid := range parent {
		for p := parent[pid]; p != 0; p = parent[p] {
			if p == os.Getpid() {
				if !zombie[pid] {
					alive = append(alive, pid)
				}
				break
			}
		}
	}
	return alive
}

// debianIsOlder looks key up in testdata/debian.txt, the table of what
// Debian's older versions do differently.
func debianIsOlder(key string) (bool, error) {
	f, err := os.Open("testdata/debian.txt")
	if err != nil {
		return false, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if word, _, _ := strings.Cut(lines.Text(), " "); word == key {
			return true, nil
		}
	}
	return false, fmt.Errorf("testdata/debian.txt has no row %q", key)
}

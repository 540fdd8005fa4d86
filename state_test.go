package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// probes are external programs at the end of a chain. Together they print
// all that a chain-loader may change, as the program sees it.
var probes = [][]string{
	strings.Fields("cat /proc/self/environ /proc/self/limits /proc/self/status /proc/self/cmdline " +
		"/proc/self/oom_score_adj /proc/self/timerslack_ns /proc/self/setgroups"),
	strings.Fields("find /proc/self/fd/ /proc/self/cwd /proc/self/root /proc/self/exe -printf %p:%l\\n"),
}

// What the probes print that has another value each time.
var (
	unseen   = regexp.MustCompile(`(?m)^(Pid|Tgid|PPid|Vm\w+|Rss\w+|\w+_ctxt_switches|HugetlbPages|Mems_\w+|Cpus_\w+|Threads|SigQ|FDSize):.*\n`)
	changing = regexp.MustCompile(`pipe:\[\d+\]`)
)

// states are what a chain may be started in: command lines that end with the
// chain. Descriptors 3 and 4 are open.
var states = []struct {
	name string
	args []string
}{
	{"plain", nil},
	{"odd", []string{
		"env", "UID=9", "GID=9", "GIDLIST=9", "COLOR=red", "GONE=yes", "A=", "=odd", "GODEBUG=x",
		"nice", "-n", "5", "setsid", "--wait",
		"sh", "-c", `umask 027; ulimit -Sn 300; ulimit -n 400; ulimit -c 0; ulimit -Ss 4096
			exec 3>&- 5>>out 7<&4 9<.; exec "$@"`, "sh",
		"env", "--ignore-signal=HUP,QUIT,PIPE,USR1,CONT,TSTP,TTIN,URG,SEGV,FPE,PROF,RTMIN+3", "--block-signal=INT,TERM,USR2,RTMIN+4",
	}},
}

// chains are command lines to which the probe is appended. Both ours and the
// originals must give the same; what differs on purpose is in the scripts. An
// exclamation mark tells that the chain fails, an @ that a word is a block's.
var chains = []string{
	"s6-envdir env",
	"s6-envdir -n env",
	"s6-envdir -f env",
	"s6-envdir -fn env",
	"s6-envdir -Lf env",
	"s6-envdir -cz env",
	"s6-envdir -I none",
	"! s6-envdir none",
	"! s6-envdir sub",
	"! s6-envdir -x env",
	"s6-envuidgid nobody",
	"s6-envuidgid -u nobody",
	"s6-envuidgid -g nogroup",
	"s6-envuidgid -B nobody:nogroup",
	"! s6-envuidgid -B nobody:none",
	"s6-envuidgid -nB nobody:42",
	"s6-envuidgid -D 5:6:7,8 none",
	"! s6-envuidgid none",
	"s6-setuidgid nobody",
	"s6-setuidgid root",
	"s6-setuidgid 33:44",
	"s6-setuidgid 0:0",
	"! s6-setuidgid none",
	"! s6-setuidgid nobody:nogroup",
	"! s6-setuidgid nobody s6-setuidgid root",
	"s6-applyuidgid -u 33",
	"s6-applyuidgid -g 44",
	"s6-applyuidgid -G 5,6",
	"s6-applyuidgid -G 5 -g 44 -u 33",
	"s6-applyuidgid -z -g 44",
	"! s6-applyuidgid -g 44 s6-applyuidgid -u 33 s6-applyuidgid -g 45",
	"s6-envuidgid nobody s6-applyuidgid -U",
	"s6-envuidgid nobody s6-applyuidgid -Uz",
	"s6-softlimit -a 500000000",
	"s6-softlimit -c 1000",
	"s6-softlimit -d 400000000",
	"s6-softlimit -f 1000000",
	"s6-softlimit -l 4096",
	"s6-softlimit -m 300000000",
	"s6-softlimit -o 100",
	"s6-softlimit -p 3000",
	"s6-softlimit -r 300000000",
	"s6-softlimit -s 2000000",
	"s6-softlimit -t 50",
	"s6-softlimit -H -o 100 -s 2000000 -p 3000 -a 500000000",
	"s6-softlimit -a 50000000 s6-softlimit -a = -s =",
	"s6-softlimit -o 100 -p 3000 -h -o 200 -s = -p 4000",
	"s6-softlimit -o = -c = -a 60000000",
	"! s6-softlimit -o x",
	"s6-softlimit -a 50000000 s6-envdir env s6-setuidgid nobody s6-softlimit -o 64 -t 30",
	"foreground @s6-setuidgid @nobody @true @",
	"foreground @s6-softlimit @-a @50000000 @true @ s6-envdir env",
	"foreground @s6-envdir @env @true @ s6-softlimit -p 3000",
}

// TestState compares what a program sees at the end of a chain of ours and of
// the originals: output, exit code, environment and its order, limits,
// descriptors, signals, credentials, session, directory.
func TestState(t *testing.T) {
	const originals = "/usr/lib/execline/bin"
	if _, err := os.Stat(originals); err != nil {
		t.Skip("the originals are not installed")
	}
	if os.Geteuid() != 0 {
		t.Skip("needs root")
	}
	dir := t.TempDir()
	for d := dir; strings.HasPrefix(d, os.TempDir()+"/"); d = filepath.Dir(d) {
		os.Chmod(d, 0o755)
	}
	for file, text := range map[string]string{
		"env/COLOR": "light blue \t\nred\n", "env/GONE": "", "env/EMPTY": "\n", "env/NUL": "a\x00b", "sub/dir/A": "1",
	} {
		file = filepath.Join(dir, file)
		os.MkdirAll(filepath.Dir(file), 0o755)
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, state := range states {
		t.Run(state.name, func(t *testing.T) {
			for _, chain := range chains {
				chain, fails := strings.CutPrefix(chain, "! ")
				for _, probe := range probes {
					ours := observe(t, dir, links, state.args, chain, probe)
					theirs := observe(t, dir, originals, state.args, chain, probe)
					if strings.HasSuffix(theirs, "\nexit status 0\n") == fails {
						t.Fatalf("%s: %s", chain, theirs)
					}
					if ours != theirs {
						t.Errorf("%s:\n%s", chain, difference(t, ours, theirs))
					}
				}
			}
		})
	}
}

// observe runs a chain in a state, with the programs of a directory. PATH has
// the same value whichever it is.
func observe(t *testing.T, dir, programs string, state []string, chain string, probe []string) string {
	bin, out := filepath.Join(dir, "bin"), filepath.Join(dir, "out")
	os.Remove(bin)
	if err := os.Symlink(programs, bin); err != nil {
		t.Fatal(err)
	}
	open := func(name string, flags int) *os.File {
		f, err := os.OpenFile(name, flags, 0o666)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	os.Remove(out)
	stdout := open(out, os.O_CREATE|os.O_WRONLY|os.O_APPEND)
	os.Chmod(out, 0o666)
	args := append([]string{}, state...)
	for _, word := range strings.Fields(chain) {
		if block, ok := strings.CutPrefix(word, "@"); ok {
			// A word of a block in its compiled form.
			if word = ""; block != "" {
				word = " " + block
			}
		}
		args = append(args, word)
	}
	args = append(args, probe...)
	path := "PATH=" + bin + ":/usr/bin:/bin"
	cmd := exec.Command("/usr/bin/env", append([]string{"-i", path, "STAYS=yes"}, args...)...)
	cmd.Dir, cmd.Env, cmd.Stdin, cmd.Stdout = dir, []string{path}, open("/dev/null", os.O_RDONLY), stdout
	cmd.Stderr = open("/dev/null", os.O_WRONLY)
	cmd.ExtraFiles = []*os.File{open("/dev/zero", os.O_RDONLY), open(dir, os.O_RDONLY)}
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	seen := strings.ReplaceAll(string(text), "\x00", "\n")
	seen = changing.ReplaceAllString(unseen.ReplaceAllString(seen, ""), "pipe")
	self := regexp.MustCompile(`(?m)(^NS\w+:\t|/proc/)` + strconv.Itoa(cmd.Process.Pid) + `\b`)
	return self.ReplaceAllString(seen, "${1}PID") + cmd.ProcessState.String() + "\n"
}

// difference shows the lines in which two texts differ.
func difference(t *testing.T, ours, theirs string) string {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "ours"), filepath.Join(dir, "theirs")
	os.WriteFile(a, []byte(ours), 0o644)
	os.WriteFile(b, []byte(theirs), 0o644)
	out, _ := exec.Command("diff", "-U0", b, a).Output()
	return string(out)
}

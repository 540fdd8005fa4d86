package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// waitC is a service: it says so when it runs, a byte into a fifo, and waits.
const waitC = `#include <fcntl.h>
#include <unistd.h>
int main(int argc, char **argv)
{
	int fd = open(argv[1], O_WRONLY);
	(void)argc;
	if (fd < 0 || write(fd, "+", 1) != 1) return 1;
	close(fd);
	for (;;) pause();
}
`

// scanDir makes a scan directory with n services.
func (b *bench) scanDir(n int) (dir, fifo string) {
	dir, err := os.MkdirTemp(b.dir, "scan")
	if err != nil {
		panic(err)
	}
	os.Chmod(dir, 0o755)
	fifo = dir + ".fifo"
	if err := syscall.Mkfifo(fifo, 0o666); err != nil {
		panic(err)
	}
	os.Chmod(fifo, 0o666)
	run := "#!INTERPRETER -P\ns6-setuidgid nobody\n" + b.dir + "/wait " + fifo + "\n"
	for i := range n {
		service := filepath.Join(dir, "s"+strconv.Itoa(i))
		os.Mkdir(service, 0o755)
		if err := os.WriteFile(service+"/run", []byte(run), 0o755); err != nil {
			panic(err)
		}
	}
	return dir, fifo
}

// boot starts a scanner on n services and returns it with the time until all
// of them run.
func (b *bench) boot(n int, interpreter string, p program) (*exec.Cmd, time.Duration) {
	dir, fifo := b.scanDir(n)
	for i := range n {
		file := filepath.Join(dir, "s"+strconv.Itoa(i), "run")
		text, _ := os.ReadFile(file)
		os.WriteFile(file, []byte(strings.Replace(string(text), "INTERPRETER", interpreter, 1)), 0o755)
	}
	said, err := os.OpenFile(fifo, os.O_RDWR, 0)
	if err != nil {
		panic(err)
	}
	defer said.Close()
	c := &exec.Cmd{Path: p.argv[0], Args: append(p.argv, dir), Env: p.env}
	start := time.Now()
	if err := c.Start(); err != nil {
		panic(err)
	}
	if got, err := bufio.NewReaderSize(said, 4096).Discard(n); err != nil {
		panic(fmt.Sprint(got, err))
	}
	return c, time.Since(start)
}

func stop(c *exec.Cmd) {
	c.Process.Signal(syscall.SIGTERM)
	c.Wait()
}

func bootOf(n int, faster float64) row {
	return row{
		"boot" + strconv.Itoa(n),
		fmt.Sprintf("boot of %d services until all run, against Debian's s6-svscan", n),
		fmt.Sprintf("at least %.0f × faster", faster),
		func(b *bench) (string, bool) {
			rounds := 15
			if n >= 1000 {
				rounds = 3
			}
			var ours, theirs []time.Duration
			for range rounds {
				p := b.ours("s6-svscan")
				p.argv = append(p.argv, "-C", "2000")
				c, t := b.boot(n, b.tools+"/execlineb", p)
				stop(c)
				ours = append(ours, t)
				p = debian("s6-svscan")
				p.argv = append(p.argv, "-c", "2000")
				c, t = b.boot(n, "/usr/bin/execlineb", p)
				stop(c)
				theirs = append(theirs, t)
			}
			slices.Sort(ours)
			slices.Sort(theirs)
			r := ratio(theirs[rounds/2], ours[rounds/2])
			return fmt.Sprintf("%s against %s: %.1f × faster", micro(ours[rounds/2]), micro(theirs[rounds/2]), r), r >= faster
		},
	}
}

var memory = row{"memory", "anonymous memory (PSS) of the scanner with 1000 services", "at most 4 MiB + 10 KiB a service", func(b *bench) (string, bool) {
	p := b.ours("s6-svscan")
	p.argv = append(p.argv, "-C", "2000")
	c, _ := b.boot(1000, b.tools+"/execlineb", p)
	defer stop(c)
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", c.Process.Pid))
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(string(text), "\n") {
		if value, ok := strings.CutPrefix(line, "Pss_Anon:"); ok {
			kib, _ := strconv.Atoi(strings.Fields(value)[0])
			return fmt.Sprintf("%d KiB", kib), kib <= 4<<10+10*1000
		}
	}
	return "unknown", false
}}

var size = row{"size", "the binary, stripped", "at most 4 MB", func(*bench) (string, bool) {
	st, err := os.Stat("bin/toolbox")
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf("%.2f MB", float64(st.Size())/1e6), st.Size() <= 4e6
}}

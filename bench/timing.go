package main

import (
	"fmt"
	"os"
	"slices"
	"syscall"
	"time"
)

// A program is a command line to be timed, from its start to its end.
type program struct {
	argv []string
	env  []string
}

// medians runs the programs in turn and returns the median time of each.
func medians(rounds int, programs ...program) []time.Duration {
	times := make([][]time.Duration, len(programs))
	for round := range rounds + 3 {
		for i, p := range programs {
			t := timeOf(p)
			if round >= 3 { // the first ones warm the caches
				times[i] = append(times[i], t)
			}
		}
	}
	var out []time.Duration
	for _, t := range times {
		slices.Sort(t)
		out = append(out, t[len(t)/2])
	}
	return out
}

func timeOf(p program) time.Duration {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		panic(err)
	}
	defer null.Close()
	fd := null.Fd()
	start := time.Now()
	pid, err := syscall.ForkExec(p.argv[0], p.argv, &syscall.ProcAttr{Env: p.env, Files: []uintptr{fd, fd, 2}})
	if err != nil {
		panic(fmt.Sprint(p.argv[0], ": ", err))
	}
	var ws syscall.WaitStatus
	for {
		if _, err = syscall.Wait4(pid, &ws, 0, nil); err != syscall.EINTR {
			break
		}
	}
	if err != nil || ws.ExitStatus() != 0 {
		panic(fmt.Sprint(p.argv, ": ", err, " exit status ", ws.ExitStatus()))
	}
	return time.Since(start)
}

// micro prints a time.
func micro(d time.Duration) string {
	if d >= 10*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d)/float64(time.Millisecond))
	}
	return fmt.Sprintf("%.0f µs", float64(d)/float64(time.Microsecond))
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// Package signals knows the names of signals.
package signals

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
)

// names are those of signal(7), by number.
var names = [...]string{
	1: "HUP", 2: "INT", 3: "QUIT", 4: "ILL", 5: "TRAP", 6: "ABRT", 7: "BUS",
	8: "FPE", 9: "KILL", 10: "USR1", 11: "SEGV", 12: "USR2", 13: "PIPE",
	14: "ALRM", 15: "TERM", 16: "STKFLT", 17: "CHLD", 18: "CONT", 19: "STOP",
	20: "TSTP", 21: "TTIN", 22: "TTOU", 23: "URG", 24: "XCPU", 25: "XFSZ",
	26: "VTALRM", 27: "PROF", 28: "WINCH", 29: "IO", 30: "PWR", 31: "SYS",
}

// Name returns the name of sig with SIG in front, or its number if it has no
// name.
func Name(sig unix.Signal) string {
	if sig > 0 && int(sig) < len(names) {
		return "SIG" + names[sig]
	}
	return strconv.Itoa(int(sig))
}

// Parse reads a signal: a number from 1 to 64, or a name in any case, with or
// without SIG in front.
func Parse(s string) (unix.Signal, bool) {
	if n, ok := getopt.Uint(s); ok {
		return unix.Signal(n), n >= 1 && n <= 64
	}
	s = strings.TrimPrefix(strings.ToUpper(s), "SIG")
	for sig, name := range names {
		if name != "" && name == s {
			return unix.Signal(sig), true
		}
	}
	switch s {
	case "POLL":
		return unix.SIGIO, true
	case "CLD":
		return unix.SIGCHLD, true
	case "IOT":
		return unix.SIGABRT, true
	}
	return 0, false
}

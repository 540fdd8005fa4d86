package condition

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/ere"
	"toolbox/internal/getopt"
)

// Evaluate tells whether the expression is true; -a and -o look no further
// than they must. isSet tells which variables there are. Every error is an
// [Error].
func (e *Expression) Evaluate(isSet func(name string) bool) (bool, error) {
	v := evaluation{isSet: isSet}
	result := v.node(e.root)
	return result, v.err
}

type evaluation struct {
	isSet func(name string) bool
	err   error
}

func (v *evaluation) node(n *node) bool {
	switch n.operator {
	case "!":
		return !v.node(n.subs[0])
	case "-a", "-o":
		for _, sub := range n.subs {
			if v.node(sub) == (n.operator == "-o") || v.err != nil {
				return n.operator == "-o"
			}
		}
		return n.operator == "-a"
	case "", "-n":
		return n.left != ""
	case "-z":
		return n.left == ""
	case "-v":
		return v.isSet(n.left)
	case "-t":
		return v.isTerminal(n.left)
	case "=":
		return n.left == n.right
	case "!=":
		return n.left != n.right
	case "<":
		return n.left < n.right
	case "<=":
		return n.left <= n.right
	case ">":
		return n.left > n.right
	case ">=":
		return n.left >= n.right
	case "=~":
		return v.matches(n.left, n.right)
	case "-nt", "-ot", "-ef":
		return compareFiles(n.operator, n.left, n.right)
	}
	if classify(n.operator) == binary {
		return v.compareNumbers(n)
	}
	return testFile(n.operator, n.left)
}

func (v *evaluation) isTerminal(text string) bool {
	fd, ok := getopt.Fd(text)
	if !ok {
		v.err = Error("-t requires an integer argument")
		return false
	}
	_, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	return err == nil
}

func (v *evaluation) matches(text, expr string) bool {
	re, err := ere.Compile(expr, 0)
	if err != nil {
		v.err = Error("unable to compile " + expr + " into a regular expression: " + err.Error())
		return false
	}
	return re.MatchString(text)
}

func (v *evaluation) compareNumbers(n *node) bool {
	a, okA := number(n.left)
	b, okB := number(n.right)
	if !okA || !okB {
		v.err = Error(n.operator + " requires integer arguments")
		return false
	}
	switch n.operator {
	case "-eq":
		return a == b
	case "-ne":
		return a != b
	case "-gt":
		return a > b
	case "-ge":
		return a >= b
	case "-lt":
		return a < b
	}
	return a <= b
}

// number reads the number that text starts with: what follows the digits does
// not matter. It is at most 2^62 away from 0.
func number(text string) (n int64, ok bool) {
	digits := strings.TrimPrefix(text, "-")
	negative := digits != text
	if !negative {
		digits = strings.TrimPrefix(text, "+")
	}
	const most = 1 << 62
	for i := 0; i < len(digits) && digits[i] >= '0' && digits[i] <= '9'; i++ {
		if n > (most-9)/10 {
			n = most
		} else {
			n = n*10 + int64(digits[i]-'0')
		}
		ok = true
	}
	if negative {
		n = -n
	}
	return n, ok
}

// testFile is a unary operator on a file. Access is that of the real user, as
// in test(1).
func testFile(operator, path string) bool {
	switch operator {
	case "-e":
		return unix.Access(path, unix.F_OK) == nil
	case "-r":
		return unix.Access(path, unix.R_OK) == nil
	case "-w":
		return unix.Access(path, unix.W_OK) == nil
	case "-x":
		return unix.Access(path, unix.X_OK) == nil
	}
	var st unix.Stat_t
	stat := unix.Stat
	if operator == "-h" || operator == "-L" {
		stat = unix.Lstat
	}
	if stat(path, &st) != nil {
		return false
	}
	format := st.Mode & unix.S_IFMT
	switch operator {
	case "-f":
		return format == unix.S_IFREG
	case "-d":
		return format == unix.S_IFDIR
	case "-b":
		return format == unix.S_IFBLK
	case "-c":
		return format == unix.S_IFCHR
	case "-p":
		return format == unix.S_IFIFO
	case "-S":
		return format == unix.S_IFSOCK
	case "-h", "-L":
		return format == unix.S_IFLNK
	case "-u":
		return st.Mode&unix.S_ISUID != 0
	case "-g":
		return st.Mode&unix.S_ISGID != 0
	case "-k":
		return st.Mode&unix.S_ISVTX != 0
	case "-s":
		return st.Size > 0
	case "-O", "-U":
		return int(st.Uid) == unix.Geteuid()
	case "-G":
		return int(st.Gid) == unix.Getegid()
	}
	return newer(st.Mtim, st.Atim) // -N
}

// compareFiles is a binary operator on files. One that is missing is older
// than any, and the same as none.
func compareFiles(operator, a, b string) bool {
	var stA, stB unix.Stat_t
	hasA, hasB := unix.Stat(a, &stA) == nil, unix.Stat(b, &stB) == nil
	switch operator {
	case "-nt":
		return hasA && (!hasB || newer(stA.Mtim, stB.Mtim))
	case "-ot":
		return !hasA || hasB && newer(stB.Mtim, stA.Mtim)
	}
	return hasA && hasB && stA.Dev == stB.Dev && stA.Ino == stB.Ino
}

func newer(a, b unix.Timespec) bool {
	return a.Sec > b.Sec || a.Sec == b.Sec && a.Nsec > b.Nsec
}

package boot

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
	"toolbox/internal/sys"
)

// The files in which scripts leave the container's exit code: that of
// s6-overlay 3 and that of 2.
var resultFiles = [...]struct{ dir, name string }{
	{resultsDir, "exitcode"},
	{stage3Dir, "S6_STAGE2_EXITED"},
}

// A result is the container's exit code as far as it is known.
type result struct {
	code int
	// stored are what we wrote into the files: anything else there comes from
	// a script, and counts.
	stored [len(resultFiles)]string
}

// clear starts with success; the file of s6-overlay 2 is not there before a
// script or the command's end makes it.
func (r *result) clear() { r.store(0, 1) }

// set stores code where scripts can read and change it.
func (r *result) set(code int) { r.store(code, len(resultFiles)) }

func (r *result) store(code, files int) {
	r.code = code
	for i, file := range resultFiles[:files] {
		dir, err := unix.Open(file.dir, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		if err != nil {
			continue // a script removed it, and has no result to leave
		}
		r.stored[i] = strconv.Itoa(code)
		writeFile(dir, file.name, r.stored[i], 0o644)
		unix.Close(dir)
	}
}

// final returns the exit code: what a script stored, else what set stored.
func (r *result) final(warn func(words ...string)) int {
	for i, file := range resultFiles {
		path := file.dir + "/" + file.name
		text, err := readFile(path)
		if err != nil {
			continue
		}
		text = strings.TrimSpace(text)
		if text == r.stored[i] || text == "" {
			continue
		}
		n, ok := getopt.Uint(text)
		if !ok || n > maxNumber {
			warn(path, "holds", strconv.Quote(text)+", not an exit code")
			continue
		}
		return exitCode(int(n))
	}
	return r.code
}

// exitCode is the code for what a script stored: 256 plus a signal is how
// execline counts a program that the signal killed.
func exitCode(n int) int {
	if n >= 256 && n <= 256+64 {
		return 128 + n - 256
	}
	return n & 0xff
}

func readFile(path string) (string, error) {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return "", err
	}
	defer unix.Close(fd)
	b, err := sys.ReadAll(fd)
	return string(b), err
}

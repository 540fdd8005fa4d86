package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// A plain `go build` or `go install`, without the flags of `make build`, gives
// a program that works.
func TestPlainBuild(t *testing.T) {
	plain := filepath.Join(t.TempDir(), "toolbox")
	output(t, "", "go", "build", "-o", plain, ".")
	got := output(t, "", plain, "export", "A", "b", "foreground", " export", " A", " c", " printenv", " A", "", "printenv", "A")
	if want := "c\nb\n"; got != want {
		t.Errorf("plain build: got %q; want %q", got, want)
	}
}

// The same source gives the same bytes, wherever it lies.
func TestReproducible(t *testing.T) {
	if os.Getenv("TOOLBOX") != "" {
		t.Skip("the program under test was not built here")
	}
	elsewhere := t.TempDir()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path == ".":
			return nil
		case d.IsDir() && strings.HasPrefix(d.Name(), "."):
			return fs.SkipDir
		case d.IsDir():
			return os.Mkdir(filepath.Join(elsewhere, path), 0o755)
		}
		if ext := filepath.Ext(path); ext != ".go" && ext != ".s" && ext != ".mod" && ext != ".sum" && path != "Makefile" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(elsewhere, path), text, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
	output(t, elsewhere, "make", "-s", "build")
	a, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(elsewhere, "bin/toolbox"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Errorf("two builds of the same source differ: %d and %d bytes", len(a), len(b))
	}
}

// No package of ours does work before main: a table is data, not code. (The
// runtime prints a line for each package that has an initialiser.)
func TestInitDoesNothing(t *testing.T) {
	trace := exec.Command(program, "exit")
	trace.Env = []string{"GODEBUG=inittrace=1"}
	text, err := trace.CombinedOutput()
	if err != nil {
		t.Fatal(err)
	}
	lines := regexp.MustCompile(`(?m)^init (\S+) .* (\d+) bytes, (\d+) allocs$`).FindAllStringSubmatch(string(text), -1)
	if len(lines) < 5 {
		t.Fatalf("this is no trace:\n%s", text)
	}
	for _, line := range lines {
		pkg, bytes, allocs := line[1], line[2], line[3]
		if pkg != "main" && !strings.HasPrefix(pkg, "toolbox") {
			continue
		}
		// Package sys locks the main thread; nothing else has a reason.
		if pkg != "toolbox/internal/sys" || bytes != "0" || allocs != "0" {
			t.Errorf("%s", line[0])
		}
	}
}

// output runs a program in dir and returns what it printed.
func output(t *testing.T, dir, prog string, args ...string) string {
	t.Helper()
	cmd := exec.Command(prog, args...)
	cmd.Dir = dir
	text, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd, err, text)
	}
	return string(text)
}

package main

import (
	"flag"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var (
	update  = flag.Bool("update", false, "rewrite the generated files under docs/ instead of checking them")
	confirm = flag.String("confirm", "", "run the scripts on the originals, which are in these `directories`")
)

// debian is where Debian keeps the originals; the second holds s6.
const debian = "/usr/lib/execline/bin:/usr/bin"

// program is the release binary under test, and links a directory with a link
// to it for every applet.
var program, links string

// TestScripts tells a test process of its own by these variables which script
// to run, and where the program and its links are.
const (
	scriptVariable = "TOOLBOX_TEST_SCRIPT"
	dirVariable    = "TOOLBOX_TEST_DIR"
)

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(setUpAndRun(m))
}

// setUpAndRun is what TestMain does, with deferred calls.
func setUpAndRun(m *testing.M) int {
	dir := os.Getenv(dirVariable)
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "toolbox-test"); err != nil {
			log.Print(err)
			return 1
		}
		defer os.RemoveAll(dir)
		// Scripts may run under other users.
		os.Chmod(dir, 0o755)
	}
	program, links = filepath.Join(dir, "toolbox"), filepath.Join(dir, "bin")
	if os.Getenv(dirVariable) == "" {
		if err := setUp(); err != nil {
			log.Print(err)
			return 1
		}
	}
	return m.Run()
}

// setUp makes the release binary, with the flags of `make build` or as
// $TOOLBOX, and its links.
func setUp() error {
	make := exec.Command("make", "-s", "build", "BIN="+program)
	if built := os.Getenv("TOOLBOX"); built != "" {
		make = exec.Command("cp", built, program)
	}
	make.Stdout, make.Stderr = os.Stderr, os.Stderr
	if err := make.Run(); err != nil {
		return err
	}
	if err := os.Mkdir(links, 0o755); err != nil {
		return err
	}
	list, err := exec.Command(program, "--list").Output()
	if err != nil {
		return err
	}
	for _, name := range append(strings.Fields(string(list)), name) {
		if err := os.Symlink("../toolbox", filepath.Join(links, name)); err != nil {
			return err
		}
	}
	return nil
}

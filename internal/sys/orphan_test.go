package sys

import (
	"testing"

	"golang.org/x/sys/unix"
)

func TestSpawnOrphan(t *testing.T) {
	spawn := func(path string) (int, error) {
		var prog Program
		prog.Orphan()
		prog.Execve([]string{path}, []string{path, "-c", "exit 3"}, nil)
		return prog.Spawn(0, nil)
	}
	pid, err := spawn("/bin/sh")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Wait(pid); err != unix.ECHILD {
		t.Errorf("Wait for an orphan: %v; want ECHILD", err)
	}
	// A subreaper gets its orphans back, and sees that the pid was right.
	if err := unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); err != nil {
		t.Fatal(err)
	}
	defer unix.Prctl(unix.PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)
	if pid, err = spawn("/bin/sh"); err != nil {
		t.Fatal(err)
	}
	if ws, err := Wait(pid); ws.ExitStatus() != 3 || err != nil {
		t.Errorf("Wait = %v, %v; want exit code 3", ws, err)
	}
	if _, err = spawn("/none"); err == nil || err.(*Failure).Errno != unix.ENOENT {
		t.Errorf("Spawn(/none) = %v; want ENOENT", err)
	}
	if pid, err := unix.Wait4(-1, nil, 0, nil); err != nil {
		t.Errorf("the orphan that failed: %d, %v", pid, err)
	}
	if pid, err := unix.Wait4(-1, nil, 0, nil); err != unix.ECHILD {
		t.Errorf("a child is left: %d, %v", pid, err)
	}
}

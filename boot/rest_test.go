package boot

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// The name of a process may look like the words behind it.
func TestParentOf(t *testing.T) {
	sleep, err := exec.LookPath("sleep")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(sleep)
	if err != nil {
		t.Fatal(err)
	}
	evil := filepath.Join(t.TempDir(), "a) R 1 (b")
	if err := os.WriteFile(evil, text, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(evil, "1000")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer cmd.Process.Kill()
	if parent, ok := parentOf(strconv.Itoa(cmd.Process.Pid)); !ok || parent != os.Getpid() {
		t.Errorf("parent is %d, %v; want %d", parent, ok, os.Getpid())
	}
	if _, ok := parentOf("0"); ok {
		t.Error("process 0 has no parent")
	}
}

func TestDescendants(t *testing.T) {
	cmd := exec.Command("sh", "-c", "sh -c 'echo $$; exec sleep 1000' & read line; kill $!; wait")
	stdin, _ := cmd.StdinPipe()
	stdout, _ := cmd.StdoutPipe()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer cmd.Wait()
	defer stdin.Close()
	b := make([]byte, 32)
	n, err := stdout.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	grandchild, err := strconv.Atoi(string(b[:n-1]))
	if err != nil {
		t.Fatal(err)
	}
	found := descendants()
	if !slices.Contains(found, cmd.Process.Pid) || !slices.Contains(found, grandchild) {
		t.Errorf("%v lacks %d or %d", found, cmd.Process.Pid, grandchild)
	}
	if slices.Contains(found, os.Getpid()) || slices.Contains(found, os.Getppid()) || slices.Contains(found, 1) {
		t.Errorf("%v holds what is no descendant", found)
	}
}

func TestOwnsNamespace(t *testing.T) {
	if ownsNamespace() {
		t.Error("a test is not process 1")
	}
}

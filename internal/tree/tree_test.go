package tree

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// plant makes a tree with every kind of file.
func plant(t *testing.T, root string) {
	t.Helper()
	must := func(err error) {
		if err != nil {
			t.Helper()
			t.Fatal(err)
		}
	}
	must(os.MkdirAll(filepath.Join(root, "data/.hidden"), 0o755))
	must(os.WriteFile(filepath.Join(root, "run"), []byte("#!/bin/sh\n"), 0o755))
	must(os.WriteFile(filepath.Join(root, "data/.hidden/empty"), nil, 0o600))
	must(os.WriteFile(filepath.Join(root, "data/large"), make([]byte, 1<<17+1), 0o644))
	must(os.Symlink("/nonexistent", filepath.Join(root, "link")))
	must(syscall.Mkfifo(filepath.Join(root, "fifo"), 0o620))
	must(os.Chmod(filepath.Join(root, "fifo"), 0o622))
	must(os.Chmod(filepath.Join(root, "data"), 0o1555))
	must(os.Chmod(filepath.Join(root, "run"), 0o4755))
}

func TestCopy(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	plant(t, from)
	if os.Geteuid() == 0 {
		if err := os.Lchown(filepath.Join(from, "link"), 5, 6); err != nil {
			t.Fatal(err)
		}
	}
	old := syscall.Umask(0o077) // must not matter
	err := Copy(from, to)
	syscall.Umask(old)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{".", "run", "data", "data/.hidden", "data/.hidden/empty", "data/large", "link", "fifo"} {
		var a, b syscall.Stat_t
		if err := syscall.Lstat(filepath.Join(from, name), &a); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Lstat(filepath.Join(to, name), &b); err != nil {
			t.Error(err)
			continue
		}
		if a.Mode != b.Mode || a.Uid != b.Uid || a.Gid != b.Gid || a.Mode&syscall.S_IFMT == syscall.S_IFREG && a.Size != b.Size {
			t.Errorf("%s has %o %d:%d; want %o %d:%d", name, b.Mode, b.Uid, b.Gid, a.Mode, a.Uid, a.Gid)
		}
	}
	if target, _ := os.Readlink(filepath.Join(to, "link")); target != "/nonexistent" {
		t.Errorf("the link leads to %q", target)
	}
	if err := Copy(from, to); err == nil {
		t.Error("a copy over something that exists must fail")
	}
}

func TestRemove(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(dir, "outside")
	if err := os.WriteFile(outside, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(dir, "root")
	plant(t, root)
	if err := os.Symlink(dir, filepath.Join(root, "up")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(root, "data"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Remove(root); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(root); !os.IsNotExist(err) {
		t.Errorf("the tree is still there: %v", err)
	}
	if _, err := os.Stat(outside); err != nil {
		t.Errorf("a link was followed: %v", err)
	}
	if err := Remove(root); err != nil {
		t.Errorf("removing nothing: %v", err)
	}
}

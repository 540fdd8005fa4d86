package fixattrs

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestApply(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("changing owners needs root")
	}
	root := t.TempDir()
	outside := filepath.Join(t.TempDir(), "outside")
	for path, content := range map[string]string{"d/f": "x", "d/sub/g": "y", "d/.hidden/h": "z"} {
		path = filepath.Join(root, path)
		os.MkdirAll(filepath.Dir(path), 0o755)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(outside, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(root, "d/link")); err != nil {
		t.Fatal(err)
	}
	stat := func(path string) (uid, gid, mode int) {
		var st syscall.Stat_t
		if err := syscall.Lstat(path, &st); err != nil {
			t.Fatal(err)
		}
		return int(st.Uid), int(st.Gid), int(st.Mode & 0o7777)
	}
	a := Applier{Failed: func(verb, path string, err error) { t.Errorf("%s %s: %v", verb, path, err) }}
	rule := Rule{Path: filepath.Join(root, "*"), Recurse: true, UID: 7, GID: 8, FileMode: 0o640, DirMode: 0o750}
	a.Apply(rule)
	for path, want := range map[string][3]int{
		"d":           {7, 8, 0o750},
		"d/f":         {7, 8, 0o640},
		"d/sub":       {7, 8, 0o750},
		"d/sub/g":     {7, 8, 0o640},
		"d/.hidden":   {0, 0, 0o755},
		"d/.hidden/h": {0, 0, 0o600},
	} {
		uid, gid, mode := stat(filepath.Join(root, path))
		if got := [3]int{uid, gid, mode}; got != want {
			t.Errorf("%s has %d:%d %#o; want %d:%d %#o", path, got[0], got[1], got[2], want[0], want[1], want[2])
		}
	}
	if uid, gid, mode := stat(outside); uid != 0 || gid != 0 || mode != 0o600 {
		t.Errorf("a symbolic link was followed out of the tree: %d:%d %#o", uid, gid, mode)
	}

	// What is right already is not written: its change time stays.
	ctime := func(path string) syscall.Timespec {
		var st syscall.Stat_t
		if err := syscall.Lstat(filepath.Join(root, path), &st); err != nil {
			t.Fatal(err)
		}
		return st.Ctim
	}
	before := ctime("d/sub/g")
	a.Apply(rule)
	if after := ctime("d/sub/g"); after != before {
		t.Errorf("an inode that was right was written again")
	}

	// A link that a user can have made is not followed on the way either.
	os.Chown(filepath.Join(root, "d"), 7, 8)
	os.Symlink(filepath.Dir(outside), filepath.Join(root, "d/way"))
	var failed []string
	a.Failed = func(verb, path string, err error) { failed = append(failed, verb+" "+path) }
	a.Apply(Rule{Path: filepath.Join(root, "d/way/outside"), UID: 7, GID: 8, FileMode: 0o777, DirMode: 0o777})
	if uid, _, mode := stat(outside); uid != 0 || mode != 0o600 {
		t.Errorf("a user's link on the way was followed")
	}
	if len(failed) != 1 {
		t.Errorf("failures: %q; want one", failed)
	}
}

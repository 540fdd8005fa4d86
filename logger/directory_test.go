package logger

import (
	"bytes"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"
)

func open(t *testing.T, path string, s dirSettings) *directory {
	t.Helper()
	d, err := openDirectory(path, s, 0o644, func(words ...string) { t.Log(strings.Join(words, " ")) })
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var settings = dirSettings{archives: 1000, size: minSize, tolerance: 100, retry: time.Millisecond}

// everything returns what is in the directory, archives first, and their names.
func everything(t *testing.T, dir string) (content []byte, names []string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if isArchive(f.Name()) {
			names = append(names, f.Name())
		}
	}
	sort.Strings(names)
	for _, name := range append(names[:len(names):len(names)], currentFile) {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if len(b) > minSize {
			t.Errorf("%s has %d bytes", name, len(b))
		}
		content = append(content, b...)
	}
	return content, names
}

func TestRotationLosesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	d := open(t, path, settings)
	var want []byte
	for i := range 3000 {
		line := []byte(strings.Repeat("x", i*7919%300) + "\n")
		want = append(want, line...)
		d.add(line)
		if i%17 == 0 {
			d.flush()
		}
	}
	d.flush()
	d.close()
	got, names := everything(t, path)
	if !bytes.Equal(got, want) {
		t.Errorf("%d bytes in %d archives; want %d", len(got), len(names), len(want))
	}
}

// A crash leaves any of these; each line must be there once afterwards.
func TestRepair(t *testing.T) {
	type file struct {
		name, content string
		mode          os.FileMode
	}
	for _, tt := range []struct {
		name     string
		files    []file
		want     string
		suffixes string
	}{
		{"clean", []file{{"current", "a\n", 0o744}}, "a\n", ""},
		{"unfinished current", []file{{"current", "a\n", 0o644}}, "a\n", "u"},
		{"empty current", []file{{"current", "", 0o644}}, "", ""},
		{"between rename and create", []file{{"previous", "a\n", 0o644}}, "a\n", "u"},
		{"before archiving", []file{{"previous", "a\n", 0o744}, {"current", "b\n", 0o644}}, "a\nb\n", "uu"},
		{"processor not done", []file{{"previous", "a\n", 0o744}, {"processed", "half", 0o644}, {"current", "b\n", 0o644}}, "a\nb\n", "uu"},
		{"processor done", []file{{"previous", "a\n", 0o744}, {"processed", "A\n", 0o744}, {"current", "b\n", 0o644}}, "A\nb\n", "su"},
		{"foreign files", []file{{"current", "a\n", 0o744}, {"@notes", "n", 0o644}, {"@40000000000000000000000a.x", "n", 0o644}}, "a\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := t.TempDir()
			for _, f := range tt.files {
				if err := os.WriteFile(filepath.Join(path, f.name), []byte(f.content), f.mode); err != nil {
					t.Fatal(err)
				}
				os.Chmod(filepath.Join(path, f.name), f.mode)
			}
			open(t, path, settings).close()
			got, names := everything(t, path)
			suffixes := ""
			for _, name := range names {
				suffixes += name[len(name)-1:]
			}
			if string(got) != tt.want || suffixes != tt.suffixes {
				t.Errorf("content %q in archives %q; want %q, %q", got, suffixes, tt.want, tt.suffixes)
			}
			for _, f := range tt.files {
				if strings.HasPrefix(f.name, "@") {
					if _, err := os.Stat(filepath.Join(path, f.name)); err != nil {
						t.Errorf("%s is gone", f.name)
					}
				}
			}
		})
	}
}

package envdir

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"toolbox/internal/env"
)

var (
	plain = Options{Null: '\n'}
	long  = strings.Repeat("x", MaxSize-1)
)

func TestVariable(t *testing.T) {
	for _, tt := range []struct {
		o       Options
		content string
		want    string
	}{
		{plain, "blue\n", "blue"},
		{plain, "blue", "blue"},
		{plain, "\n", ""},
		{plain, " \t\r\n", ""},
		{plain, "  a b \t\r\nsecond\n", "  a b"},
		{plain, "a\v\n", "a\v"},
		{plain, "a\x00b\x00\n", "a\nb\n"},
		{Options{Null: 'z'}, "a\x00b", "azb"},
		{Options{Null: '\n', NoChomp: true}, "a \t\nb", "a \t"},
		{Options{Null: '\n', Verbatim: true}, "a \nb\n\n", "a \nb\n"},
		{Options{Null: '\n', Verbatim: true}, "\n", ""},
		{Options{Null: '\n', Verbatim: true, NoChomp: true}, "a \nb\n", "a \nb\n"},
	} {
		got := tt.o.variable("A", []byte(tt.content))
		if got != (env.Change{Name: "A", Value: tt.want}) {
			t.Errorf("%q with %+v = %+v; want %q", tt.content, tt.o, got, tt.want)
		}
	}
	for _, o := range []Options{plain, {Null: 'x', NoChomp: true, Verbatim: true, NoClamp: true}} {
		if got := o.variable("A", nil); got != (env.Change{Name: "A", Unset: true}) {
			t.Errorf("empty file with %+v = %+v; want it to unset", o, got)
		}
	}
}

func write(t *testing.T, dir string, files ...string) {
	for i := 0; i < len(files); i += 2 {
		if err := os.WriteFile(filepath.Join(dir, files[i]), []byte(files[i+1]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, dir string, o Options) map[string]string {
	vars, err := Read(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	m := make(map[string]string)
	for _, v := range vars {
		m[v.Name] = v.Value
		if v.Unset {
			m[v.Name] = "(unset)"
		}
	}
	return m
}

// A file is cut at 4095 bytes, newline or not; one more byte shows it.
func TestClamp(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "FITS", long+"\n", "OVER", long+"yz", "MUCH", strings.Repeat(long, 40)+"y\nsecond", "SHORT", "a\n")
	got := read(t, dir, plain)
	if got["FITS"] != long || got["OVER"] != long+"y" || got["MUCH"] != long+"x" || got["SHORT"] != "a" {
		t.Errorf("lengths %d, %d, %d", len(got["FITS"]), len(got["OVER"]), len(got["MUCH"]))
	}
	got = read(t, dir, Options{Null: '\n', NoClamp: true})
	if got["FITS"] != long || got["OVER"] != long+"yz" || got["MUCH"] != strings.Repeat(long, 40)+"y" || got["SHORT"] != "a" {
		t.Errorf("not clamped: lengths %d, %d, %d", len(got["FITS"]), len(got["OVER"]), len(got["MUCH"]))
	}
}

func TestNames(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "A", "1", ".hidden", "1", "B=C", "1", "=", "1", "with blank", "1", "-", "")
	os.Symlink("A", filepath.Join(dir, "LINK"))
	os.Symlink("/dev/null", filepath.Join(dir, "NULL"))
	os.Mkdir(filepath.Join(dir, ".sub"), 0o755)
	got := read(t, dir, plain)
	for name, value := range map[string]string{"A": "1", "with blank": "1", "LINK": "1", "NULL": "(unset)", "-": "(unset)"} {
		if got[name] != value {
			t.Errorf("%s = %q; want %q", name, got[name], value)
		}
		delete(got, name)
	}
	if len(got) > 0 {
		t.Errorf("should have been skipped: %v", got)
	}
}

// More entries than one call returns, in the order of the directory.
func TestManyFiles(t *testing.T) {
	dir := t.TempDir()
	for i := range 3000 {
		write(t, dir, "VARIABLE"+string(rune('A'+i%26))+strings.Repeat("x", i/26), "1")
	}
	vars, err := Read(dir, plain)
	if err != nil || len(vars) != 3000 {
		t.Fatalf("%d variables, %v", len(vars), err)
	}
	d, err := os.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	names, err := d.Readdirnames(-1)
	if err != nil || !slices.EqualFunc(vars, names, func(v env.Change, name string) bool { return v.Name == name }) {
		t.Errorf("not in the order of the directory (%v)", err)
	}
}

func TestErrors(t *testing.T) {
	for _, tt := range []struct {
		name string
		make func(file string) error
		want error
	}{
		{"SUB", func(f string) error { return os.Mkdir(f, 0o755) }, unix.EISDIR},
		{"FIFO", func(f string) error { return unix.Mkfifo(f, 0o644) }, ErrNotRegular},
		{"ZERO", func(f string) error { return os.Symlink("/dev/zero", f) }, ErrNotRegular},
		{"GONE", func(f string) error { return os.Symlink("nowhere", f) }, unix.EIDRM},
		{"LOOP", func(f string) error { return os.Symlink("LOOP", f) }, unix.ELOOP},
	} {
		dir := t.TempDir()
		if err := tt.make(filepath.Join(dir, tt.name)); err != nil {
			t.Fatal(err)
		}
		vars, err := Read(dir, plain)
		var e *Error
		if vars != nil || !errors.As(err, &e) || e.Err != tt.want || e.Path != dir+"/"+tt.name {
			t.Errorf("%s: %v, %v; want %v", tt.name, vars, err, tt.want)
		}
	}
	dir := t.TempDir()
	write(t, dir, "A", "1")
	for _, tt := range []struct {
		dir  string
		o    Options
		want error
	}{
		{dir + "/none", plain, unix.ENOENT},
		{dir + "/A", plain, unix.ENOTDIR},
		{dir, Options{}, unix.EINVAL},
		{dir + "/none", Options{}, unix.EINVAL},
	} {
		if _, err := Read(tt.dir, tt.o); !errors.Is(err, tt.want) || err.(*Error).Path != tt.dir {
			t.Errorf("%s, %+v: %v; want %v", tt.dir, tt.o, err, tt.want)
		}
	}
}

// No value holds a NUL, a value is never longer than its file, and with the
// file verbatim and one newline more it is the file again.
func FuzzVariable(f *testing.F) {
	f.Add([]byte("blue \t\r\nred\n"), false, false)
	f.Add([]byte("\x00a\x00\n\n"), true, false)
	f.Add([]byte("a \n"), true, true)
	f.Add([]byte(""), false, true)
	f.Fuzz(func(t *testing.T, content []byte, verbatim, noChomp bool) {
		o := Options{Null: 'N', Verbatim: verbatim, NoChomp: noChomp}
		in := strings.ReplaceAll(string(content), "\x00", "N")
		got := o.variable("A", content)
		if got.Unset != (in == "") || strings.Contains(got.Value, "\x00") || !strings.HasPrefix(in, got.Value) {
			t.Fatalf("%q = %+v", in, got)
		}
		rest := in[len(got.Value):]
		switch {
		case verbatim && noChomp && rest != "",
			verbatim && !noChomp && rest != "" && rest != "\n",
			verbatim && !noChomp && in != "" && rest == "" && strings.HasSuffix(in, "\n"),
			!verbatim && strings.Contains(got.Value, "\n"),
			!verbatim && noChomp && rest != "" && rest[0] != '\n',
			!verbatim && !noChomp && strings.TrimRight(got.Value, " \t\r") != got.Value:
			t.Fatalf("%q = %+v", in, got)
		}
	})
}

package passwd

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

const users = `# comment
root:x:0:0:root:/root:/bin/sh
+@nis::::::
-gone:x:5:5:::
:x:6:6::nameless:

short:x
bad:x:nine:9:::
worse:x:9:nine:::
minus:x:-1:1:::
max:x:4294967295:1:::
huge:x:99999999999999999999:1:::
 blank:x:7:8:::
bare:x:10:11
www:x:33:34:www-data:/var/www:/usr/sbin/nologin
www:x:99:99:the second counts for nothing:/:/
toor:x:0:0::/:
last:x:4294967294:1::/last:/bin/last`

const groups = `root:x:0:
wheel:x:10:root,www
bad:x:ten:www
video:x:44: www ,other
video2:x:44:www
www:x:34:www
almost:x:50:www2,ww,wwww
long:x:60:%s,www
last:x:4294967294:www`

// files writes the databases, with a group line longer than any buffer.
func files(t *testing.T) (passwd, group string) {
	dir := t.TempDir()
	passwd, group = filepath.Join(dir, "passwd"), filepath.Join(dir, "group")
	long := strings.TrimSuffix(strings.Repeat("someone,", 1<<17), ",")
	for file, text := range map[string]string{passwd: users, group: fmt.Sprintf(groups, long)} {
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return passwd, group
}

func TestFindUser(t *testing.T) {
	passwd, _ := files(t)
	for _, tt := range []struct {
		name string
		want User
		ok   bool
	}{
		{"root", User{"root", 0, 0, "/root", "/bin/sh"}, true},
		{"www", User{"www", 33, 34, "/var/www", "/usr/sbin/nologin"}, true},
		{"bare", User{"bare", 10, 11, "", ""}, true},
		{"blank", User{"blank", 7, 8, "", ""}, true},
		{"last", User{"last", 4294967294, 1, "/last", "/bin/last"}, true},
		{name: ""}, {name: "nobody"}, {name: "short"}, {name: "bad"}, {name: "worse"}, {name: "minus"},
		{name: "max"}, {name: "huge"}, {name: "-gone"}, {name: "gone"}, {name: "# comment"}, {name: "ww"}, {name: "www:x"},
	} {
		u, err := findUser(passwd, func(e entry) bool { return string(e.name) == tt.name })
		if (err == nil) != tt.ok || u != tt.want || err != nil && err != ErrNotFound {
			t.Errorf("user %q = %v, %v; want %v, %v", tt.name, u, err, tt.want, tt.ok)
		}
	}
	u, err := findUser(passwd, func(e entry) bool { return e.id == 0 })
	if u.Name != "root" || err != nil {
		t.Errorf("uid 0 = %v, %v; the first entry counts", u, err)
	}
}

func TestGroups(t *testing.T) {
	_, group := files(t)
	for _, tt := range []struct {
		user string
		want []int
	}{
		{"www", []int{10, 44, 44, 34, 60, 4294967294}},
		{"root", []int{10}},
		{"someone", []int{60}},
		{"nobody", nil},
		{"", nil},
	} {
		if got, err := groupsOf(group, tt.user); err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("groups of %q = %v, %v; want %v", tt.user, got, err, tt.want)
		}
	}
	if g, err := findGroup(group, func(e entry) bool { return string(e.name) == "last" }); err != nil || g != (Group{"last", 4294967294}) {
		t.Errorf("last = %v, %v", g, err)
	}
}

func TestMissingFile(t *testing.T) {
	if _, err := findUser("/nonexistent", func(entry) bool { return true }); err != unix.ENOENT {
		t.Errorf("error %v; want %v", err, unix.ENOENT)
	}
	if _, err := groupsOf(t.TempDir(), "www"); err != unix.EISDIR {
		t.Errorf("error %v; want %v", err, unix.EISDIR)
	}
}

// The files of this machine give what everybody agrees on.
func TestSystem(t *testing.T) {
	if u, err := UserByName("root"); err != nil || u.UID != 0 || u.Home != "/root" {
		t.Errorf("root = %v, %v", u, err)
	}
	if u, err := UserByID(0); err != nil || u.Name != "root" {
		t.Errorf("0 = %v, %v", u, err)
	}
	if g, err := GroupByName("root"); err != nil || g.GID != 0 {
		t.Errorf("root = %v, %v", g, err)
	}
	if g, err := GroupByID(0); err != nil || g.Name != "root" {
		t.Errorf("0 = %v, %v", g, err)
	}
	if _, err := GroupsOf("no such user"); err != nil {
		t.Error(err)
	}
}

// FuzzLines checks that the stream gives the same lines whatever the sizes it
// is read in, and that an entry that parses is one that can be written again.
func FuzzLines(f *testing.F) {
	f.Add([]byte(users), 3)
	f.Add([]byte(groups), 4096)
	f.Add([]byte("\n\n:\n"), 1)
	f.Add([]byte(strings.Repeat("x", 5000)+"\ny:x:1:"), 4095)
	f.Fuzz(func(t *testing.T, text []byte, size int) {
		size = max(1, size%8192)
		var got [][]byte
		rest := text
		read := func(b []byte) (int, error) {
			n := copy(b[:min(size, len(b))], rest)
			rest = rest[n:]
			return n, nil
		}
		lines(read, func(line []byte) bool {
			got = append(got, bytes.Clone(line))
			e, ok := parse(line)
			if !ok {
				return true
			}
			again, ok := parse(fmt.Appendf(nil, "%s:*:%d:%s", e.name, e.id, e.rest))
			if !ok || !bytes.Equal(again.name, e.name) || again.id != e.id || !bytes.Equal(again.rest, e.rest) {
				t.Errorf("%q parses as %q, %d, %q, then as %q, %d, %q", line, e.name, e.id, e.rest, again.name, again.id, again.rest)
			}
			return true
		})
		want := bytes.Split(text, []byte("\n"))
		if len(want[len(want)-1]) == 0 {
			want = want[:len(want)-1]
		}
		if len(got) != len(want) {
			t.Fatalf("%d lines; want %d", len(got), len(want))
		}
		for i := range got {
			if !bytes.Equal(got[i], want[i]) {
				t.Errorf("line %d is %q; want %q", i, got[i], want[i])
			}
		}
	})
}

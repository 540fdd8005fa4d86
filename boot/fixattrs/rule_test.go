package fixattrs

import (
	"strings"
	"testing"
)

// people has the user and group daemon, 2.
type people struct{}

func (people) User(name string) (uid, gid int, ok bool) { return 2, 2, name == "daemon" }
func (people) Group(name string) (gid int, ok bool)     { return 2, name == "daemon" }

// The table of s6-overlay's documentation.
func TestAccount(t *testing.T) {
	for _, tt := range []struct {
		word     string
		uid, gid int
	}{
		{"daemon", 2, 2},
		{"daemon,3:4", 2, 2},
		{"2:2,3:4", 2, 2},
		{"daemon:11111,3:4", 2, 11111},
		{"11111:daemon,3:4", 11111, 2},
		{"daemon:daemon,3:4", 2, 2},
		{"daemon:unexisting,3:4", 2, 4},
		{"unexisting:daemon,3:4", 3, 2},
		{"11111:11111,3:4", 11111, 11111},
		{"unexisting,3:4", 3, 4},
		{"11111,3:4", 3, 4}, // a lone number is a name
	} {
		uid, gid, err := account(tt.word, people{})
		if err != nil || uid != tt.uid || gid != tt.gid {
			t.Errorf("account(%q) = %d, %d, %v; want %d, %d", tt.word, uid, gid, err, tt.uid, tt.gid)
		}
	}
	for _, word := range []string{"unexisting", "11111", "daemon:unexisting", "unexisting:daemon", "daemon,3", "x,4294967295:0", "x,-1:0", "", ":"} {
		if uid, gid, err := account(word, people{}); err == nil {
			t.Errorf("account(%q) = %d, %d; want an error", word, uid, gid)
		}
	}
}

func TestParse(t *testing.T) {
	want := Rule{Path: "/var/log/*", Recurse: true, UID: 2, GID: 2, FileMode: KeepMode, DirMode: 0o2700}
	if got, ok, err := Parse("\t/var/log/* true  daemon - 2700 ", people{}); !ok || err != nil || got != want {
		t.Errorf("Parse = %v, %t, %v; want %v", got, ok, err, want)
	}
	for _, line := range []string{"", " \t", "# a comment", "#/x true daemon 0644 0755"} {
		if _, ok, err := Parse(line, people{}); ok || err != nil {
			t.Errorf("Parse(%q) = %t, %v; want nothing", line, ok, err)
		}
	}
	for line, says := range map[string]string{
		"/x true daemon 0644":          "expected 5 words",
		"/x true daemon 0644 0755 bye": "expected 5 words",
		"/x maybe daemon 0644 0755":    "recurse must be true or false, not maybe",
		"/x true nobody 0644 0755":     "unknown user: nobody",
		"/x true daemon 0648 0755":     "invalid mode: 0648",
		"/x true daemon 0644 u+x":      "invalid mode: u+x",
		"/x true daemon 0644 17777":    "invalid mode: 17777",
	} {
		if _, _, err := Parse(line, people{}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Parse(%q) says %v; want %q", line, err, says)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("/var/log true daemon,3:4 0644 0755")
	f.Add("# comment")
	f.Add("/x true 1:2 - -")
	f.Fuzz(func(t *testing.T, line string) {
		rule, ok, err := Parse(line, people{})
		if ok && (err != nil || rule.Path == "" || rule.UID < 0 || rule.GID < 0 || rule.FileMode > 0o7777) {
			t.Errorf("Parse(%q) = %v, %v", line, rule, err)
		}
	})
}

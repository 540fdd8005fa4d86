package setuidgid

import (
	"errors"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"toolbox/internal/passwd"
)

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		account string
		want    Account
	}{
		{"33:34", Account{33, 34, []int{}}},
		{"33:34:", Account{33, 34, []int{}}},
		{"33:34:5", Account{33, 34, []int{5}}},
		{"0:0:5,6", Account{0, 0, []int{5, 6}}},
		{"33:34:5:6", Account{33, 34, []int{5, 6}}},
		{"4294967295:4294967295", Account{math.MaxUint32, math.MaxUint32, []int{}}},
	} {
		if got, err := Parse(tt.account); err != nil || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q = %v, %v; want %v", tt.account, got, err, tt.want)
		}
	}
	for _, account := range []string{
		":", "::", "33:", ":34", "root:root", "0:root", "root:0", "-1:0", "0:-1", "+1:0", " 1:0", "1:0 ", "4294967296:0",
		"0:4294967296", "33:34:,", "33:34:x", "33:34:5,x", "33:34:5x", "0x1:0", "1_0:0", "1:2::",
	} {
		if got, err := Parse(account); err != ErrSyntax {
			t.Errorf("%q = %v, %v; want an error of syntax", account, got, err)
		}
	}
	for _, name := range []string{"0", "no such user", "", "-u"} {
		var unknown *Unknown
		if got, err := Parse(name); !errors.As(err, &unknown) || err.Error() != "unknown user: "+name {
			t.Errorf("%q = %v, %v; want it to be unknown", name, got, err)
		}
	}
	if got, err := Parse("root"); err != nil || got.UID != 0 || got.GID != 0 {
		t.Errorf("root = %v, %v", got, err)
	}
}

func TestNumericFallback(t *testing.T) {
	if id, err := UID("root", true); id != 0 || err != nil {
		t.Errorf("root = %d, %v: names come first", id, err)
	}
	if id, err := UID("4242", true); id != 4242 || err != nil {
		t.Errorf("4242 = %d, %v", id, err)
	}
	if id, err := GID("4242", true); id != 4242 || err != nil {
		t.Errorf("4242 = %d, %v", id, err)
	}
	for _, find := range []func(string, bool) (int, error){UID, GID} {
		for name, numeric := range map[string]bool{"4242": false, "42x": true, "": true, "-1": true} {
			if id, err := find(name, numeric); err == nil {
				t.Errorf("%q = %d; want an error", name, id)
			}
		}
	}
	if err := (&Unknown{"group", "g", "/f", errors.New("reason")}).Error(); err != "unknown group: g (unable to read /f: reason)" {
		t.Error(err)
	}
	if err := (&Unknown{"user", "u", "/f", passwd.ErrNotFound}).Error(); err != "unknown user: u" {
		t.Error(err)
	}
}

func TestDefaults(t *testing.T) {
	for _, tt := range []struct {
		text string
		want Account
	}{
		{"5", Account{5, 0, []int{}}},
		{"5:", Account{5, 0, []int{}}},
		{"5:6", Account{5, 6, []int{}}},
		{"5:6:", Account{5, 6, []int{}}},
		{"5:6:7,8", Account{5, 6, []int{7, 8}}},
		{":", Account{0, 0, []int{}}},
		{"::", Account{0, 0, []int{}}},
		{"::9", Account{0, 0, []int{9}}},
		{":6:", Account{0, 6, []int{}}},
		{"5::9", Account{5, 0, []int{9}}},
	} {
		if got, ok := Defaults(tt.text); !ok || !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q = %v, %v; want %v", tt.text, got, ok, tt.want)
		}
	}
	for _, text := range []string{"", "x", "5x", "5:x", "5:6x", "5:6:x", "5:6:7x", ":::", "5 :6"} {
		if got, ok := Defaults(text); ok {
			t.Errorf("%q = %v; want an error", text, got)
		}
	}
}

func TestWithGID(t *testing.T) {
	for _, tt := range []struct {
		gids, want []int
	}{
		{nil, []int{5}},
		{[]int{5}, []int{5}},
		{[]int{1, 2}, []int{5, 1, 2}},
		{[]int{1, 5, 2}, []int{5, 1, 2}},
		{[]int{1, 5}, []int{5, 1}},
	} {
		in := slices.Clone(tt.gids)
		if got := WithGID(5, in); !slices.Equal(got, tt.want) || !slices.Equal(in, tt.gids) {
			t.Errorf("5 with %v = %v (and %v); want %v", tt.gids, got, in, tt.want)
		}
	}
}

// A list that parses can be written and read again; and it holds every number
// of its text, in order.
func FuzzList(f *testing.F) {
	for _, text := range []string{"", "1", "1,2,3", "0:4294967295; 7\r\n", "1,,2,", ",1", "1,2x", "99999999999999999999"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		gids, ok := List(text)
		if !ok {
			return
		}
		again, ok := List(Format(gids))
		if !ok || !slices.Equal(gids, again) || gids == nil {
			t.Errorf("%q = %v, then %v", text, gids, again)
		}
		words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(separators, r) })
		if len(words) != len(gids) {
			t.Errorf("%q = %v", text, gids)
		}
	})
}

// An account of three parts never means more than these: what is accepted
// reads the same when it is written in its plainest form.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"33:34:5,6", "root", "0:0", ":", "1:2:3:4", "5::9"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !strings.Contains(text, ":") {
			return
		}
		a, err := Parse(text)
		b, ok := Defaults(text)
		if err == nil && (!ok || !reflect.DeepEqual(a, b)) {
			t.Errorf("%q = %v as an account, %v as defaults", text, a, b)
		}
		if err == nil {
			plain := Format([]int{a.UID}) + ":" + Format([]int{a.GID}) + ":" + Format(a.Groups)
			if c, err := Parse(plain); err != nil || !reflect.DeepEqual(a, c) {
				t.Errorf("%q = %v, but %q = %v, %v", text, a, plain, c, err)
			}
		}
	})
}

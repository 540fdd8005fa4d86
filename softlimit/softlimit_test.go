package softlimit

import (
	"strconv"
	"testing"

	"golang.org/x/sys/unix"
)

func TestChange(t *testing.T) {
	const inf = uint64(unix.RLIM_INFINITY)
	old := unix.Rlimit{Cur: 100, Max: 1000}
	for _, tt := range []struct {
		which Which
		value string
		want  unix.Rlimit
	}{
		{Soft, "50", unix.Rlimit{Cur: 50, Max: 1000}},
		{Soft, "0", unix.Rlimit{Cur: 0, Max: 1000}},
		{Soft, "2000", unix.Rlimit{Cur: 1000, Max: 1000}},
		{Soft, "=", unix.Rlimit{Cur: 1000, Max: 1000}},
		{Soft, "18446744073709551615", unix.Rlimit{Cur: 1000, Max: 1000}},
		{Hard, "200", unix.Rlimit{Cur: 100, Max: 200}},
		{Hard, "50", unix.Rlimit{Cur: 50, Max: 50}},
		{Hard, "2000", unix.Rlimit{Cur: 100, Max: 2000}},
		{Hard, "=", unix.Rlimit{Cur: 100, Max: inf}},
		{Both, "50", unix.Rlimit{Cur: 50, Max: 50}},
		{Both, "2000", unix.Rlimit{Cur: 2000, Max: 2000}},
		{Both, "=", unix.Rlimit{Cur: inf, Max: inf}},
	} {
		if got, ok := Change(old, tt.which, tt.value); !ok || got != tt.want {
			t.Errorf("Change(%v, %d, %q) = %v, %v; want %v", old, tt.which, tt.value, got, ok, tt.want)
		}
	}
	for _, value := range []string{"", "x", "5x", "-1", "+1", " 1", "==", "=1", "0x10", "18446744073709551616"} {
		if got, ok := Change(old, Soft, value); ok {
			t.Errorf("%q gives %v; want an error", value, got)
		}
	}
}

// Every letter of Options has resources that have a name, and no other letter.
func TestResources(t *testing.T) {
	known := make(map[byte]bool)
	for i := 0; i < len(Options); i += 2 {
		known[Options[i]] = true
	}
	for c := range 256 {
		resources := Resources(byte(c))
		if known[byte(c)] != (len(resources) > 0) {
			t.Errorf("%q has resources %v", rune(c), resources)
		}
		for _, r := range resources {
			if Name(r) == "" {
				t.Errorf("resource %d has no name", r)
			}
		}
	}
}

// No change leaves a soft limit above its hard one, or touches a hard limit it
// is not for.
func FuzzChange(f *testing.F) {
	f.Add(uint64(100), uint64(1000), uint8(Soft), "=")
	f.Add(uint64(1), uint64(1), uint8(Hard), "0")
	f.Add(uint64(0), uint64(1<<63), uint8(Both), "18446744073709551615")
	f.Fuzz(func(t *testing.T, cur, limit uint64, which uint8, value string) {
		old := unix.Rlimit{Cur: min(cur, limit), Max: limit}
		w := Which(which)%3 + 1
		got, ok := Change(old, w, value)
		_, err := strconv.ParseUint(value, 10, 64)
		if ok && value != "=" && err != nil {
			t.Errorf("%q is a value", value)
		}
		if got.Cur > got.Max || w == Soft && got.Max != old.Max || w == Hard && got.Cur > old.Cur {
			t.Errorf("Change(%v, %d, %q) = %v", old, w, value, got)
		}
	})
}

package signals

import (
	"testing"

	"golang.org/x/sys/unix"
)

func TestNamesAreThoseOfTheSystem(t *testing.T) {
	for sig := unix.Signal(1); sig < 32; sig++ {
		if got, want := Name(sig), unix.SignalName(sig); got != want {
			t.Errorf("Name(%d) = %s; want %s", sig, got, want)
		}
		for _, s := range []string{Name(sig), Name(sig)[3:]} {
			if got, ok := Parse(s); !ok || got != sig {
				t.Errorf("Parse(%q) = %d, %t; want %d", s, got, ok, sig)
			}
		}
	}
}

func TestParse(t *testing.T) {
	for s, want := range map[string]unix.Signal{"15": 15, "sigterm": 15, "Term": 15, "64": 64} {
		if got, ok := Parse(s); !ok || got != want {
			t.Errorf("Parse(%q) = %d, %t; want %d", s, got, ok, want)
		}
	}
	for _, s := range []string{"", "0", "65", "SIG", "TERM ", "-1", "SIGNOPE"} {
		if got, ok := Parse(s); ok {
			t.Errorf("Parse(%q) = %d", s, got)
		}
	}
}

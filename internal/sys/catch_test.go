package sys

import (
	"testing"

	"golang.org/x/sys/unix"
)

// The handler is assembly: each signal must set its own bit, however many
// arrive, and make the descriptor readable.
func TestCatch(t *testing.T) {
	sigs := Set(0).Add(unix.SIGHUP, unix.SIGUSR1, unix.SIGUSR2, 40)
	fd, err := Catch(sigs)
	if err != nil {
		t.Fatal(err)
	}
	Unblock(sigs)
	for round := range 100 {
		for sig := unix.Signal(1); sig <= numSignals; sig++ {
			if sigs.Has(sig) {
				if err := unix.Kill(unix.Getpid(), sig); err != nil {
					t.Fatal(err)
				}
			}
		}
		got := Set(0)
		for got != sigs {
			if _, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, 5000); err != nil && err != unix.EINTR {
				t.Fatal(err)
			}
			caught := Caught()
			if caught&^sigs != 0 {
				t.Fatalf("round %d: caught %b; sent %b", round, caught, sigs)
			}
			got |= caught
		}
	}
	for sig := unix.Signal(1); sig <= numSignals; sig++ {
		if sigs.Has(sig) {
			Default(sig)
		}
	}
}

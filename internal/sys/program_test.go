package sys

import (
	"testing"

	"golang.org/x/sys/unix"
)

// Every path that is tried before the one that works leaves an error behind;
// it must not be taken for the program's.
func TestSpawnSearches(t *testing.T) {
	for _, tt := range []struct {
		paths []string
		want  error
	}{
		{[]string{"/bin/true"}, nil},
		{[]string{"/none/true", "/etc/passwd", "/bin/true"}, nil},
		{[]string{"/none/true", "/none"}, unix.ENOENT},
		{[]string{"/etc/passwd", "/none"}, unix.EACCES},
	} {
		var prog Program
		prog.Execve(tt.paths, []string{"true"}, nil)
		pid, err := prog.Spawn(0, nil)
		if f, ok := err.(*Failure); ok {
			err = f.Errno
		}
		if err != tt.want {
			t.Errorf("Spawn(%v) = %v; want %v", tt.paths, err, tt.want)
		}
		if err == nil {
			if ws, err := Wait(pid); ws != 0 || err != nil {
				t.Errorf("Wait = %v, %v", ws, err)
			}
		}
	}
}

package svstatus

import (
	"bytes"
	"testing"

	"golang.org/x/sys/unix"

	"toolbox/internal/tai"
)

func TestPack(t *testing.T) {
	s := Status{
		Stamp: tai.FromUnix(1, 2), ReadyStamp: tai.FromUnix(3, 4), Pid: 0x01020304,
		Wait: 9, Paused: true, WantUp: true,
	}
	want := []byte("\x40\x00\x00\x00\x00\x00\x00\x0b\x00\x00\x00\x02" +
		"\x40\x00\x00\x00\x00\x00\x00\x0d\x00\x00\x00\x04" +
		"\x00\x00\x00\x00\x01\x02\x03\x04\x00\x09\x05")
	if got := s.Pack(); !bytes.Equal(got[:], want) {
		t.Errorf("Pack = %x; want %x", got, want)
	}
	if got, err := Unpack(want); err != nil || got != s {
		t.Errorf("Unpack = %v, %v; want %v", got, err, s)
	}
	if _, err := Unpack(want[:34]); err != ErrSize {
		t.Errorf("Unpack of 34 bytes: %v; want %v", err, ErrSize)
	}
}

func TestTally(t *testing.T) {
	dir := t.TempDir()
	unix.Mkdir(dir+"/supervise", 0o700)
	fd, err := unix.Open(dir, unix.O_RDONLY|unix.O_DIRECTORY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(fd)
	for i := range 5 {
		if err := AddDeath(fd, NewDeath(tai.FromUnix(int64(i), 0), unix.WaitStatus(i)), 3); err != nil {
			t.Fatal(err)
		}
	}
	deaths, err := ReadTally(fd, ".")
	if err != nil || len(deaths) != 3 || deaths[2] != (Death{tai.FromUnix(4, 0), 132, 4}) {
		t.Errorf("tally is %v, %v", deaths, err)
	}
	if err := ClearTally(fd); err != nil {
		t.Fatal(err)
	}
	if deaths, err := ReadTally(fd, "."); err != nil || len(deaths) != 0 {
		t.Errorf("cleared tally is %v, %v", deaths, err)
	}
}

func FuzzUnpack(f *testing.F) {
	s := Status{Pid: 1, Ready: true}
	b := s.Pack()
	f.Add(b[:])
	f.Add([]byte("short"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Unpack(b)
		if err != nil {
			return
		}
		packed := s.Pack()
		if again, err := Unpack(packed[:]); err != nil || again != s {
			t.Errorf("Unpack(%x) = %v, then %v, %v", b, s, again, err)
		}
	})
}

func FuzzTally(f *testing.F) {
	f.Add(PackTally([]Death{{tai.FromUnix(1, 2), 3, 0}}))
	f.Add([]byte("13 bytes long"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if got := PackTally(UnpackTally(b)); !bytes.Equal(got, b[:len(b)/deathSize*deathSize]) {
			t.Errorf("tally %x became %x", b, got)
		}
	})
}

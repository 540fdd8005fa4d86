// Package svstatus reads and writes what a supervisor tells about a service:
// supervise/status and supervise/death_tally.
package svstatus

import (
	"encoding/binary"
	"errors"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
	"toolbox/internal/tai"
)

// File is the status file's name in a service directory.
const File = "supervise/status"

// Size is the length of a status file in bytes.
const Size = 35

// ErrSize tells that a status file has another length.
var ErrSize = errors.New("not a status file of 35 bytes")

// A Status is the state of a service.
type Status struct {
	Stamp      tai.Stamp // the last start, or death
	ReadyStamp tai.Stamp // when it became ready, or its finish script was done
	Pid        int       // of run, or of finish while Finishing; 0 when there is none
	Wait       unix.WaitStatus
	Paused     bool // stopped by a signal; with Pid 0: not started yet
	Finishing  bool
	WantUp     bool
	Ready      bool
}

// Up reports whether run is running.
func (s *Status) Up() bool { return s.Pid != 0 && !s.Finishing }

const (
	flagPaused = 1 << iota
	flagFinishing
	flagWantUp
	flagReady
)

// Pack encodes s.
//
// Layout, big-endian: [0:12] Stamp; [12:24] ReadyStamp; [24:32] pid; [32:34]
// wait status; [34] flags: 1 paused, 2 finishing, 4 wanted up, 8 ready.
// Source: s6, libs6/s6_svstatus_pack.c.
func (s *Status) Pack() [Size]byte {
	var b [Size]byte
	s.Stamp.Pack(b[0:])
	s.ReadyStamp.Pack(b[12:])
	binary.BigEndian.PutUint64(b[24:], uint64(s.Pid))
	binary.BigEndian.PutUint16(b[32:], uint16(s.Wait))
	for _, f := range [...]struct {
		set bool
		bit byte
	}{{s.Paused, flagPaused}, {s.Finishing, flagFinishing}, {s.WantUp, flagWantUp}, {s.Ready, flagReady}} {
		if f.set {
			b[34] |= f.bit
		}
	}
	return b
}

// Unpack decodes a status file. The only error is [ErrSize].
func Unpack(b []byte) (Status, error) {
	if len(b) != Size {
		return Status{}, ErrSize
	}
	return Status{
		Stamp:      tai.Unpack(b[0:]),
		ReadyStamp: tai.Unpack(b[12:]),
		Pid:        int(binary.BigEndian.Uint64(b[24:]) & 0x7fffffff),
		Wait:       unix.WaitStatus(binary.BigEndian.Uint16(b[32:])),
		Paused:     b[34]&flagPaused != 0,
		Finishing:  b[34]&flagFinishing != 0,
		WantUp:     b[34]&flagWantUp != 0,
		Ready:      b[34]&flagReady != 0,
	}, nil
}

// Read reads the status of the service directory dir, relative to dirfd.
func Read(dirfd int, dir string) (Status, error) {
	b, err := sys.ReadSmall(dirfd, dir+"/"+File, Size+1)
	if err != nil {
		return Status{}, err
	}
	return Unpack(b)
}

// Write replaces the status file of the service directory open as dirfd.
func (s *Status) Write(dirfd int) error {
	b := s.Pack()
	return sys.ReplaceFile(dirfd, File, b[:], 0o644)
}

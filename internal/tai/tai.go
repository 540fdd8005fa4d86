// Package tai is time as skalibs writes it: TAI64N labels in files and in text.
package tai

import (
	"encoding/binary"
	"errors"
	"time"

	"golang.org/x/sys/unix"
)

// Size is the length in bytes of a packed stamp: eight of seconds and four of
// nanoseconds, big-endian.
const Size = 12

// TextSize is the length of a stamp in text: "@" and 24 hexadecimal digits.
const TextSize = 25

// A Stamp is a moment as a TAI64N label. The zero value is no moment.
// Source: https://cr.yp.to/libtai/tai64.html
type Stamp struct {
	Sec  uint64 // 2^62 + TAI seconds since 1970
	Nano uint32
}

// Now returns the time of the system's clock.
func Now() Stamp {
	var ts unix.Timespec
	unix.ClockGettime(unix.CLOCK_REALTIME, &ts)
	return FromUnix(int64(ts.Sec), int64(ts.Nsec))
}

// Sub returns the time from t to s, limited to what a Duration can hold.
func (s Stamp) Sub(t Stamp) time.Duration {
	const limit = int64(1<<63-1)/int64(time.Second) - 1
	sec := int64(s.Sec - t.Sec)
	sec = max(min(sec, limit), -limit)
	return time.Duration(sec)*time.Second + time.Duration(s.Nano) - time.Duration(t.Nano)
}

// Before reports whether s is earlier than t.
func (s Stamp) Before(t Stamp) bool {
	return s.Sec < t.Sec || s.Sec == t.Sec && s.Nano < t.Nano
}

// Pack writes s into the first [Size] bytes of b.
func (s Stamp) Pack(b []byte) {
	binary.BigEndian.PutUint64(b, s.Sec)
	binary.BigEndian.PutUint32(b[8:], s.Nano)
}

// Unpack reads a stamp from the first [Size] bytes of b. Nothing is checked.
func Unpack(b []byte) Stamp {
	return Stamp{binary.BigEndian.Uint64(b), binary.BigEndian.Uint32(b[8:])}
}

const digits = "0123456789abcdef"

// Append appends s as text.
func (s Stamp) Append(b []byte) []byte {
	var packed [Size]byte
	s.Pack(packed[:])
	b = append(b, '@')
	for _, c := range packed {
		b = append(b, digits[c>>4], digits[c&15])
	}
	return b
}

// String returns s as text.
func (s Stamp) String() string { return string(s.Append(nil)) }

// ErrSyntax tells that a text is no stamp.
var ErrSyntax = errors.New("not a TAI64N stamp")

// Parse reads the stamp that b starts with.
func Parse(b []byte) (Stamp, error) {
	if len(b) < TextSize || b[0] != '@' {
		return Stamp{}, ErrSyntax
	}
	var packed [Size]byte
	for i, c := range b[1:TextSize] {
		var d byte
		switch {
		case '0' <= c && c <= '9':
			d = c - '0'
		case 'a' <= c && c <= 'f':
			d = c - 'a' + 10
		case 'A' <= c && c <= 'F':
			d = c - 'A' + 10
		default:
			return Stamp{}, ErrSyntax
		}
		packed[i/2] = packed[i/2]<<4 | d
	}
	return Unpack(packed[:]), nil
}

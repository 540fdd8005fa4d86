// Package localtime is the time of day as C's localtime(3) has it, in the
// format of s6's logs. Package time alone reads TZ from the environment this
// process started with, and knows no zone that is written out in TZ itself.
package localtime

import (
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/env"
	"toolbox/internal/sys"
	"toolbox/internal/tai"
)

// zoneDir holds the zones that TZ names, unless TZDIR says otherwise.
const zoneDir = "/usr/share/zoneinfo"

// maxZone is the size up to which a file can be a zone; the largest one has
// 4 KiB.
const maxZone = 1 << 20

// Zone returns the time zone of an environment. As in glibc, TZ is the name
// of a file under TZDIR, a path, or a zone in POSIX's notation, such as
// CET-1CEST,M3.5.0,M10.5.0/3; unset it means /etc/localtime. Where there is no
// such zone, the time is UTC.
func Zone(e *env.Env) *time.Location {
	tz, set := e.Lookup("TZ")
	switch {
	case !set:
		return load("/etc/localtime")
	case tz != "" && tz[0] == ':':
		tz = tz[1:]
	}
	switch {
	case tz == "":
		return time.UTC
	case tz[0] == '/':
		return load(tz)
	}
	dir := e.Get("TZDIR")
	if dir == "" {
		dir = zoneDir
	}
	if zone := load(dir + "/" + tz); zone != time.UTC {
		return zone
	}
	return rule(tz)
}

// load reads a zone from a file.
func load(path string) *time.Location {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY|unix.O_CLOEXEC, 0)
	if err != nil {
		return time.UTC
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if unix.Fstat(fd, &st) != nil || st.Mode&unix.S_IFMT != unix.S_IFREG || st.Size > maxZone {
		return time.UTC
	}
	data, err := sys.ReadAll(fd)
	if err != nil {
		return time.UTC
	}
	return parse(data)
}

func parse(data []byte) *time.Location {
	zone, err := time.LoadLocationFromTZData("", data)
	if err != nil {
		return time.UTC
	}
	return zone
}

// rule makes a zone of a rule in POSIX's notation: package time reads it in
// the last line of a zone's file, so it gets a file that has nothing else.
// Something that is no rule makes UTC.
func rule(tz string) *time.Location {
	// tzfile(5): magic and version, 15 bytes unused, then six counts: of UT
	// and standard indicators, leap seconds, transitions, types, and
	// characters of abbreviations; and one type, UTC, whose abbreviation is
	// empty. All that twice.
	const block = "TZif2" + "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00" +
		"\x00\x00\x00\x00" + "\x00\x00\x00\x00" + "\x00\x00\x00\x00" +
		"\x00\x00\x00\x00" + "\x00\x00\x00\x01" + "\x00\x00\x00\x01" +
		"\x00\x00\x00\x00" + "\x00" + "\x00" + "\x00"
	return parse([]byte(block + block + "\n" + tz + "\n"))
}

// AppendSecond appends the time of a Unix second in zone as "YYYY-MM-DD
// HH:MM:SS.". In a leap second, of which sec is the second before, the last
// number is one more.
func AppendSecond(b []byte, sec int64, leap bool, zone *time.Location) []byte {
	t := time.Unix(sec, 0).In(zone)
	year, month, day := t.Date()
	hour, minute, second := t.Clock()
	if leap {
		second++
	}
	b = appendDigits(b, year, 1)
	b = appendDigits(append(b, '-'), int(month), 2)
	b = appendDigits(append(b, '-'), day, 2)
	b = appendDigits(append(b, ' '), hour, 2)
	b = appendDigits(append(b, ':'), minute, 2)
	b = appendDigits(append(b, ':'), second, 2)
	return append(b, '.')
}

// maxSecond is where the year leaves the 32 bits C has for it.
const maxSecond = 1 << 55

// Append appends a stamp as "YYYY-MM-DD HH:MM:SS.nnnnnnnnn" in zone. Like
// skalibs it refuses a moment before 1970 or one that C has no year for, and
// appends nothing.
func Append(b []byte, s tai.Stamp, zone *time.Location) (_ []byte, ok bool) {
	sec, leap := s.UTC()
	if sec < 0 || sec >= maxSecond || s.Nano > 999999999 {
		return b, false
	}
	b = AppendSecond(b, sec, leap, zone)
	return appendDigits(b, int(s.Nano), 9), true
}

// appendDigits appends n as a decimal number of at least width digits.
func appendDigits(b []byte, n, width int) []byte {
	var digits [20]byte
	i := len(digits)
	for n > 0 || width > 0 {
		i--
		digits[i] = byte('0' + n%10)
		n /= 10
		width--
	}
	return append(b, digits[i:]...)
}

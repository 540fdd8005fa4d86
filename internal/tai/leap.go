package tai

// label0 is the label's number for the beginning of 1970 in TAI.
const label0 = 1 << 62

// before1972 is what TAI was ahead of Unix time when leap seconds began.
const before1972 = 10

// leaps lists the leap seconds: each is the second before this Unix time. The
// table is complete up to the day it was written; no more were announced.
// Source: https://data.iana.org/time-zones/data/leap-seconds.list
var leaps = [...]int64{
	78796800, 94694400, 126230400, 157766400, 189302400, 220924800, 252460800, 283996800, 315532800,
	362793600, 394329600, 425865600, 489024000, 567993600, 631152000, 662688000, 709948800, 741484800,
	773020800, 820454400, 867715200, 915148800, 1136073600, 1230768000, 1341100800, 1435708800, 1483228800,
}

// FromUnix returns the stamp of a Unix time.
func FromUnix(sec, nsec int64) Stamp {
	n := len(leaps)
	for n > 0 && sec < leaps[n-1] {
		n--
	}
	return Stamp{label0 + before1972 + uint64(sec) + uint64(n), uint32(nsec)}
}

// Unix returns the stamp as Unix time. A leap second, which Unix time does not
// have, counts as the second before it.
func (s Stamp) Unix() (sec, nsec int64) {
	sec, _ = s.UTC()
	return sec, int64(s.Nano)
}

// UTC returns the stamp's second as Unix time, and whether it is the leap
// second that follows.
func (s Stamp) UTC() (sec int64, leap bool) {
	sec = int64(s.Sec - label0 - before1972)
	for n := len(leaps); n > 0; n-- {
		switch first := leaps[n-1] + int64(n); {
		case sec >= first:
			return sec - int64(n), false
		case sec == first-1:
			return sec - int64(n), true
		}
	}
	return sec, false
}

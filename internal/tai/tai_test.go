package tai

import (
	"testing"
	"time"
)

func TestText(t *testing.T) {
	for _, tt := range []struct {
		sec, nsec int64
		want      string
	}{
		{0, 0, "@400000000000000a00000000"},
		{1, 500, "@400000000000000b000001f4"},
		{-11, 0, "@3fffffffffffffff00000000"},
		{1483228799, 0, "@40000000586846a300000000"},
		{1483228800, 0, "@40000000586846a500000000"},
	} {
		s := FromUnix(tt.sec, tt.nsec)
		if got := s.String(); got != tt.want {
			t.Errorf("FromUnix(%d, %d) = %s; want %s", tt.sec, tt.nsec, got, tt.want)
		}
		if sec, nsec := s.Unix(); sec != tt.sec || nsec != tt.nsec {
			t.Errorf("%s.Unix() = %d, %d", s, sec, nsec)
		}
	}
}

func TestLeapSeconds(t *testing.T) {
	for n, next := range leaps {
		leap := Stamp{Sec: FromUnix(next, 0).Sec - 1}
		if got, want := leap.Sec-FromUnix(next-1, 0).Sec, uint64(1); got != want {
			t.Errorf("%d: %d seconds lie before the leap second; want %d", next, got, want)
		}
		if sec, is := leap.UTC(); sec != next-1 || !is {
			t.Errorf("the leap second before %d is %d, %v", next, sec, is)
		}
		for d := range int64(3) {
			if sec, is := FromUnix(next+d-1, 0).UTC(); sec != next+d-1 || is {
				t.Errorf("%d becomes %d, %v", next+d-1, sec, is)
			}
		}
		if got, want := FromUnix(next, 0).Sec-uint64(next)-label0, uint64(before1972+n+1); got != want {
			t.Errorf("TAI is %d ahead at %d; want %d", got, next, want)
		}
	}
}

func TestSub(t *testing.T) {
	a, b := FromUnix(10, 900), FromUnix(12, 100)
	if got, want := b.Sub(a), 2*time.Second-800; got != want {
		t.Errorf("Sub = %v; want %v", got, want)
	}
	if !a.Before(b) || b.Before(a) || a.Before(a) {
		t.Error("Before is wrong")
	}
	if got := (Stamp{Sec: 1<<64 - 1}).Sub(Stamp{Sec: 1 << 63}); got <= 0 {
		t.Errorf("a far difference overflows: %v", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("@400000000000000a00000000 text"))
	f.Add([]byte("@40000000000000250000000"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Parse(b)
		if err != nil {
			return
		}
		again, err := Parse(s.Append(nil))
		if err != nil || again != s {
			t.Errorf("Parse(%q) = %v, then %v, %v", b, s, again, err)
		}
	})
}

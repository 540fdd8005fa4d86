package localtime

import (
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"toolbox/internal/env"
	"toolbox/internal/tai"
)

// moments are Unix times around changes of the clock.
var moments = []int64{
	0, 1e9, 951782399, 951782400, // the last of February 2000
	1711846799, 1711846800, 1729990799, 1729990800, // Europe 2024
	1710053999, 1710054000, 1730613599, 1730613600, // America 2024
	4102444800, 7258118400, // 2100, 2200: the rule after the table
	253402300800, // the year 10000
}

// date(1) is the other opinion.
func TestZone(t *testing.T) {
	for _, tz := range []string{
		"", ":", "UTC", "Europe/Paris", ":Europe/Paris", "America/New_York", "Asia/Kathmandu", "Antarctica/Troll",
		"/usr/share/zoneinfo/Asia/Tokyo", "CET-1CEST,M3.5.0,M10.5.0/3", "XYZ3", "<+0330>-3:30",
		"NZST-12NZDT,M9.5.0,M4.1.0/3", "EST5EDT", "no/such/zone", "nonsense", "/etc/passwd", "/", "..", "../../etc/passwd",
	} {
		zone := Zone(ptr(env.New([]string{"TZ=" + tz})))
		for _, sec := range moments {
			date := exec.Command("date", "-d", "@"+strconv.FormatInt(sec, 10), "+%Y-%m-%d %H:%M:%S.")
			date.Env = []string{"TZ=" + tz}
			want, err := date.Output()
			if err != nil {
				t.Fatal(err)
			}
			if got := string(AppendSecond(nil, sec, false, zone)); got != strings.TrimSpace(string(want)) {
				t.Errorf("TZ=%s, %d: %s; want %s", tz, sec, got, want)
			}
		}
	}
	if got, want := Zone(new(env.Env)), load("/etc/localtime"); got.String() != want.String() {
		t.Errorf("without TZ the zone is %v; want %v", got, want)
	}
	dir := ptr(env.New([]string{"TZ=Tokyo", "TZDIR=/usr/share/zoneinfo/Asia"}))
	if got := string(AppendSecond(nil, 0, false, Zone(dir))); got != "1970-01-01 09:00:00." {
		t.Errorf("with TZDIR: %s", got)
	}
}

func ptr(e env.Env) *env.Env { return &e }

func TestAppend(t *testing.T) {
	for _, tt := range []struct {
		label, want string
	}{
		{"@400000000000000a00000000", "1970-01-01 00:00:00.000000000"},
		{"@40000000586846a3000001f4", "2016-12-31 23:59:59.000000500"},
		{"@40000000586846a43b9ac9ff", "2016-12-31 23:59:60.999999999"}, // the last leap second
		{"@40000000586846a53b9ac9ff", "2017-01-01 00:00:00.999999999"},
		{"@400010000000000000000000", "559444-03-08 09:39:39.000000000"},
		{"@400000000000000900000000", ""},
		{"@7fffffffffffffff00000000", ""},
		{"@ffffffffffffffff00000000", ""},
		{"@000000000000000000000000", ""},
		{"@400000000000000a3b9aca00", ""}, // a billion nanoseconds
	} {
		stamp, err := tai.Parse([]byte(tt.label))
		if err != nil {
			t.Fatal(err)
		}
		got, ok := Append([]byte("x"), stamp, time.UTC)
		if string(got) != "x"+tt.want || ok != (tt.want != "") {
			t.Errorf("%s becomes %q, %v; want %q", tt.label, got, ok, tt.want)
		}
	}
}

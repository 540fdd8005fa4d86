package svstatus

import (
	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
	"toolbox/internal/tai"
)

// TallyFile is the death tally's name in a service directory.
const TallyFile = "supervise/death_tally"

// MaxTally is the highest number of deaths a tally may keep; DefaultTally is
// how many it keeps if max-death-tally does not say.
const (
	MaxTally     = 4096
	DefaultTally = 100
)

// deathSize is the length of a record: a stamp, the exit code, the signal.
const deathSize = tai.Size + 2

// A Death is a record of the tally.
type Death struct {
	Stamp    tai.Stamp
	ExitCode uint8 // 128 plus the signal for a killed one
	Signal   uint8 // 0 for one that exited
}

// NewDeath returns the record of a death.
func NewDeath(stamp tai.Stamp, ws unix.WaitStatus) Death {
	if ws.Signaled() {
		return Death{stamp, uint8(128 + ws.Signal()), uint8(ws.Signal())}
	}
	return Death{stamp, uint8(ws.ExitStatus()), 0}
}

// UnpackTally decodes a tally. A tally is cut where a record is incomplete.
func UnpackTally(b []byte) []Death {
	deaths := make([]Death, len(b)/deathSize)
	for i := range deaths {
		r := b[i*deathSize:]
		deaths[i] = Death{tai.Unpack(r), r[tai.Size], r[tai.Size+1]}
	}
	return deaths
}

// PackTally encodes a tally.
func PackTally(deaths []Death) []byte {
	b := make([]byte, len(deaths)*deathSize)
	for i, d := range deaths {
		r := b[i*deathSize:]
		d.Stamp.Pack(r)
		r[tai.Size], r[tai.Size+1] = d.ExitCode, d.Signal
	}
	return b
}

// ReadTally reads the tally of the service directory dir, relative to dirfd. A
// file whose size fits no tally counts as empty.
func ReadTally(dirfd int, dir string) ([]Death, error) {
	b, err := sys.ReadSmall(dirfd, dir+"/"+TallyFile, MaxTally*deathSize+1)
	if err != nil || len(b)%deathSize != 0 {
		return nil, err
	}
	return UnpackTally(b), nil
}

// AddDeath appends d to the tally of the service directory open as dirfd and
// keeps the last max.
func AddDeath(dirfd int, d Death, max int) error {
	deaths, err := ReadTally(dirfd, ".")
	if err != nil && err != unix.ENOENT {
		return err
	}
	deaths = append(deaths, d)
	if len(deaths) > max {
		deaths = deaths[len(deaths)-max:]
	}
	return sys.ReplaceFile(dirfd, TallyFile, PackTally(deaths), 0o644)
}

// ClearTally empties the tally, or makes one.
func ClearTally(dirfd int) error {
	fd, err := unix.Openat(dirfd, TallyFile, unix.O_WRONLY|unix.O_CREAT|unix.O_TRUNC|unix.O_NONBLOCK|unix.O_CLOEXEC, 0o644)
	if err != nil {
		return err
	}
	return unix.Close(fd)
}

package logger

import (
	"bytes"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/internal/localtime"
	"toolbox/internal/sys"
	"toolbox/internal/tai"
)

// Options are what s6-log's command line says besides the script.
type Options struct {
	Block    bool          // do not read while something is unwritten
	Protect  bool          // ignore SIGTERM
	LineMax  int           // bytes of a line at most, 0: any
	Notify   int           // where to say that all directories are open, or -1
	LastLine time.Duration // how long the end waits for the rest of a line, 0: for ever
	Zone     *time.Location
	Warn     func(words ...string)
}

// chunk is how much is read at once; limit, how many bytes may be waiting for
// a directory that cannot be written to before no more is read.
const (
	chunk = 64 << 10
	limit = 1 << 20
)

// A logger is a run of the engine.
type logger struct {
	Options
	actions []action
	partial []byte // the line that has not ended yet
	input   []byte
	out     []byte // a formatted line
	stdout  []byte // what standard output has not taken yet
	deaf    bool   // standard output is closed
	now     tai.Stamp
	local   []byte // now, as local time
	ending  bool   // told to end: only the rest of the line is read
	eof     bool
	until   time.Time
	wake    int
}

// Run logs standard input until it ends, or a signal ends it: then to the end
// of the line that has begun. The error is that of a directory that could not
// be opened.
func (s *Script) Run(o Options) error {
	l := &logger{Options: o, actions: s.actions, input: make([]byte, chunk)}
	if err := l.catch(); err != nil {
		return err
	}
	mask := unix.Umask(0)
	unix.Umask(mask)
	for i := range l.actions {
		a := &l.actions[i]
		switch a.kind {
		case toStdout:
			unix.SetNonblock(1, true)
		case toDirectory:
			d, err := openDirectory(a.path, a.dir, uint32(0o666&^mask), o.Warn)
			if err != nil {
				return err
			}
			a.open = d
		}
	}
	if o.Notify >= 0 {
		unix.Write(o.Notify, []byte("\n"))
		unix.Close(o.Notify)
	}
	unix.SetNonblock(0, true)
	for !l.done() {
		l.turn()
	}
	for i := range l.actions {
		if d := l.actions[i].open; d != nil {
			d.close()
		}
	}
	return nil
}

func (l *logger) catch() (err error) {
	sys.Ignore(unix.SIGPIPE)
	sigs := sys.Set(0).Add(unix.SIGALRM, unix.SIGHUP)
	if !l.Protect {
		sigs = sigs.Add(unix.SIGTERM)
	} else {
		sys.Ignore(unix.SIGTERM)
	}
	l.wake, err = sys.Catch(sigs)
	sys.Unblock(sigs)
	return err
}

// reading reports whether more input is wanted now.
func (l *logger) reading() bool {
	if l.eof || l.ending && len(l.partial) == 0 {
		return false
	}
	waiting := len(l.stdout)
	for i := range l.actions {
		if d := l.actions[i].open; d != nil && d.busy() {
			waiting += len(d.pending) + 1
		}
	}
	return waiting == 0 || !l.Block && waiting < limit
}

// done reports whether all input was read and everything is written.
func (l *logger) done() bool {
	if !l.eof && !(l.ending && len(l.partial) == 0) {
		return false
	}
	if len(l.stdout) > 0 {
		return false
	}
	for i := range l.actions {
		if d := l.actions[i].open; d != nil && d.busy() {
			return false
		}
	}
	return true
}

// turn waits for something to do, and does it.
func (l *logger) turn() {
	fds := []unix.PollFd{
		{Fd: int32(l.wake), Events: unix.POLLIN},
		{Fd: -1, Events: unix.POLLIN},
		{Fd: -1, Events: unix.POLLOUT},
	}
	if l.reading() {
		fds[1].Fd = 0
	}
	if len(l.stdout) > 0 {
		fds[2].Fd = 1
	}
	unix.Poll(fds, l.timeout())
	l.handleSignals()
	if fds[1].Fd == 0 && fds[1].Revents != 0 && l.reading() {
		l.read()
	}
	if l.ending && !l.eof && len(l.partial) > 0 && !l.until.IsZero() && !time.Now().Before(l.until) {
		l.lastLine()
	}
	l.flush()
}

// timeout is how long poll may wait, in milliseconds.
func (l *logger) timeout() int {
	var at time.Time
	earliest := func(t time.Time) {
		if !t.IsZero() && (at.IsZero() || t.Before(at)) {
			at = t
		}
	}
	for i := range l.actions {
		if d := l.actions[i].open; d != nil {
			if d.failed {
				earliest(d.again)
			}
			if d.every > 0 && d.size > 0 {
				earliest(d.rotates)
			}
		}
	}
	if l.ending {
		earliest(l.until)
	}
	if at.IsZero() {
		return -1
	}
	return int(max(time.Until(at), 0)/time.Millisecond) + 1
}

func (l *logger) handleSignals() {
	caught := sys.Caught()
	if caught.Has(unix.SIGALRM) {
		for i := range l.actions {
			if d := l.actions[i].open; d != nil {
				d.rotate()
			}
		}
	}
	if (caught.Has(unix.SIGTERM) || caught.Has(unix.SIGHUP)) && !l.ending {
		l.ending = true
		if l.LastLine > 0 {
			l.until = time.Now().Add(l.LastLine)
		}
	}
}

// read takes what is there: all of it, or at the end, lest the next logger
// misses something, one byte at a time.
func (l *logger) read() {
	size := len(l.input)
	if l.ending {
		size = 1
	}
	n, err := unix.Read(0, l.input[:size])
	switch {
	case err == unix.EINTR || err == unix.EAGAIN:
		return
	case err != nil:
		l.Warn("unable to read from stdin:", err.Error())
		l.lastLine()
		return
	case n == 0:
		l.lastLine()
		return
	}
	l.stamp()
	l.lines(l.input[:n])
}

// lastLine ends the input. A line without its newline is a line.
func (l *logger) lastLine() {
	l.eof = true
	if len(l.partial) > 0 {
		l.stamp()
		l.line(l.partial)
		l.partial = l.partial[:0]
	}
}

// stamp takes the time, that of everything in a chunk.
func (l *logger) stamp() {
	l.now = tai.Now()
	l.local = l.local[:0]
}

// lines splits what was read at newlines and NULs.
func (l *logger) lines(text []byte) {
	for len(text) > 0 {
		end := bytes.IndexByte(text, '\n')
		piece := text
		if end >= 0 {
			piece = text[:end]
		}
		if nul := bytes.IndexByte(piece, 0); nul >= 0 {
			end, piece = nul, piece[:nul]
		}
		if end < 0 {
			l.partial = append(l.partial, piece...)
			l.cutPartial()
			return
		}
		text = text[end+1:]
		if len(l.partial) == 0 {
			l.limited(piece)
			continue
		}
		l.partial = append(l.partial, piece...)
		l.limited(l.partial)
		l.partial = l.partial[:0]
	}
}

// cutPartial logs what of an unfinished line is too long already.
func (l *logger) cutPartial() {
	for l.LineMax > 0 && len(l.partial) > l.LineMax {
		l.line(l.partial[:l.LineMax])
		l.partial = append(l.partial[:0], l.partial[l.LineMax:]...)
	}
}

// limited logs a line, in pieces if it is too long.
func (l *logger) limited(text []byte) {
	for l.LineMax > 0 && len(text) > l.LineMax {
		l.line(text[:l.LineMax])
		text = text[l.LineMax:]
	}
	l.line(text)
}

// line hands a line to every action.
func (l *logger) line(text []byte) {
	for i := range l.actions {
		a := &l.actions[i]
		l.out = l.out[:0]
		if a.kind == toStderr {
			l.out = append(l.out, "s6-log: alert: "...)
		}
		l.out = l.head(l.out, a)
		switch a.kind {
		case toStdout:
			if !l.deaf {
				l.stdout = append(append(append(l.stdout, l.out...), text...), '\n')
			}
		case toStderr:
			if a.cut > 0 && len(text) > a.cut+3 {
				l.out = append(append(l.out, text[:a.cut]...), "..."...)
			} else {
				l.out = append(l.out, text...)
			}
			sys.WriteAll(2, append(l.out, '\n'))
		case toFile:
			l.statusFile(a, append(append(l.out, text...), '\n'))
		case toDirectory:
			l.out = append(append(l.out, text...), '\n')
			a.open.add(l.out)
		}
	}
}

// head appends the stamps and the prefix.
func (l *logger) head(b []byte, a *action) []byte {
	if a.tai64n {
		b = append(l.now.Append(b), ' ')
	}
	if a.local {
		if len(l.local) == 0 {
			l.local, _ = localtime.Append(l.local, l.now, l.Zone)
			l.local = append(l.local, "  "...)
		}
		b = append(b, l.local...)
	}
	if a.prefix != "" {
		b = append(append(b, a.prefix...), ' ')
	}
	return b
}

// statusFile makes the line the content of a file of a fixed size.
func (l *logger) statusFile(a *action, line []byte) {
	if a.pad > 0 {
		for len(line) < a.pad {
			line = append(line, '\n')
		}
		line = line[:a.pad]
	}
	if err := sys.ReplaceFile(unix.AT_FDCWD, a.path, line, 0o666); err != nil {
		l.Warn("unable to write", a.path+":", err.Error())
	}
}

// flush writes what can be written now.
func (l *logger) flush() {
	l.flushStdout()
	for i := range l.actions {
		d := l.actions[i].open
		if d == nil {
			continue
		}
		if d.busy() {
			d.flush()
		}
		if d.every > 0 && !time.Now().Before(d.rotates) {
			d.rotate()
			d.armInterval()
		}
	}
}

func (l *logger) flushStdout() {
	for len(l.stdout) > 0 {
		n, err := unix.Write(1, l.stdout)
		if err == unix.EINTR {
			continue
		}
		if err == unix.EAGAIN {
			return
		}
		if err != nil {
			// Nobody reads it any more; the directories go on.
			l.Warn("unable to write to stdout, closing it:", err.Error())
			unix.Close(1)
			l.deaf, l.stdout = true, nil
			return
		}
		l.stdout = l.stdout[n:]
	}
	l.stdout = l.stdout[:0]
}

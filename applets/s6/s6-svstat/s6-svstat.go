// Package s6svstat implements s6-svstat: print the state of a service.
// Reference: https://skarnet.org/software/s6/s6-svstat.html
package s6svstat

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/getopt"
	"toolbox/internal/signals"
	"toolbox/internal/svcontrol"
	"toolbox/internal/svstatus"
	"toolbox/internal/tai"
)

// Usage is the synopsis.
const Usage = "s6-svstat [ -uwNrpgest | -o up,wantedup,normallyup,ready,paused,pid,pgid,exitcode,signal,signum,updownsince,readysince,updownfor,readyfor ] [ -n ] servicedir"

// Help is the manual page.
const Help = `print the state of a service

Without options, a line to be read by people. With -o, or its letters, the
named fields, separated by blanks, in the order they are asked for.

  -u up         -w wantedup   -N normallyup   -r ready     -p pid
  -g pgid       -e exitcode   -s signal       -t updownfor
  -o fields     the above and paused, signum, updownsince, readysince, readyfor
  -n            print a signal as a number in the line for people

Times are in seconds, moments TAI64N labels; what does not apply is -1 or NA.
Exits 1 if the service is not supervised.`

const maxFields = 16

// service is what a field is printed from.
type service struct {
	svstatus.Status
	now        tai.Stamp
	normallyUp bool
}

// fields are the names of -o.
var fields = [...]struct {
	name  string
	print func(s *service) string
}{
	{"up", func(s *service) string { return strconv.FormatBool(s.Up()) }},
	{"wantedup", func(s *service) string { return strconv.FormatBool(s.WantUp) }},
	{"normallyup", func(s *service) string { return strconv.FormatBool(s.normallyUp) }},
	{"ready", func(s *service) string { return strconv.FormatBool(s.Pid != 0 && s.Ready) }},
	{"paused", func(s *service) string { return strconv.FormatBool(s.Pid != 0 && s.Paused) }},
	{"pid", (*service).pid},
	{"pgid", (*service).pid},
	{"exitcode", func(s *service) string { return strconv.Itoa(s.exitCode()) }},
	{"signal", (*service).signalName},
	{"signum", func(s *service) string { return strconv.Itoa(s.signal()) }},
	{"updownsince", func(s *service) string { return s.Stamp.String() }},
	{"readysince", func(s *service) string { return s.ReadyStamp.String() }},
	{"updownfor", func(s *service) string { return s.since(s.Stamp) }},
	{"readyfor", func(s *service) string { return s.since(s.ReadyStamp) }},
}

// letterFields are the fields that have a letter of their own.
const letterFields = "uwNrpgest"

var letterNames = [...]string{"up", "wantedup", "normallyup", "ready", "pid", "pgid", "exitcode", "signal", "updownfor"}

// Run prints the state.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	var wanted []string
	numeric := false
	opts := getopt.New("no:"+letterFields, args)
	for opts.Next() {
		switch opts.Flag {
		case 'n':
			numeric = true
		case 'o':
			for _, name := range strings.Split(strings.TrimSuffix(opts.Arg, ","), ",") {
				if opts.Arg != "" {
					wanted = append(wanted, name)
				}
			}
		default:
			wanted = append(wanted, letterNames[strings.IndexByte(letterFields, opts.Flag)])
		}
	}
	args, ok := opts.Operands()
	if !ok || len(args) == 0 {
		return nil, chain.ErrUsage
	}
	if len(wanted) > maxFields {
		return nil, chain.Fatal(chain.CodeUsage, "too many option fields")
	}
	for _, name := range wanted {
		if field(name) == nil {
			return nil, chain.Fatal(chain.CodeUsage, "invalid option field:", name)
		}
	}
	s, err := read(args[0])
	if err != nil {
		return nil, err
	}
	if len(wanted) == 0 {
		return nil, p.Print(s.line(numeric) + "\n")
	}
	values := make([]string, len(wanted))
	for i, name := range wanted {
		values[i] = field(name)(s)
	}
	return nil, p.Print(strings.Join(values, " ") + "\n")
}

func field(name string) func(s *service) string {
	for _, f := range fields {
		if f.name == name {
			return f.print
		}
	}
	return nil
}

func read(dir string) (*service, error) {
	ok, err := svcontrol.Supervised(dir)
	if err != nil {
		return nil, chain.Unable(err, "check", dir)
	}
	if !ok {
		return nil, chain.Fatal(1, "unable to read status for", dir+":", "s6-supervise not running")
	}
	status, err := svstatus.Read(unix.AT_FDCWD, dir)
	if err != nil {
		return nil, chain.Unable(err, "read status for", dir)
	}
	s := &service{Status: status, now: tai.Now()}
	if s.now.Before(s.Stamp) {
		s.Stamp = s.now
	}
	switch err := unix.Access(dir+"/down", unix.F_OK); err {
	case nil:
	case unix.ENOENT:
		s.normallyUp = true
	default:
		return nil, chain.Unable(err, "access", dir+"/down")
	}
	return s, nil
}

// notStarted reports whether run was never started by this supervisor.
func (s *service) notStarted() bool { return s.Pid == 0 && !s.Finishing && s.Paused }

func (s *service) pid() string {
	if !s.Up() {
		return "-1"
	}
	return strconv.Itoa(s.Pid)
}

func (s *service) exitCode() int {
	if s.notStarted() || s.Up() || !s.Wait.Exited() {
		return -1
	}
	return s.Wait.ExitStatus()
}

func (s *service) signal() int {
	if s.notStarted() || s.Up() || !s.Wait.Signaled() {
		return -1
	}
	return int(s.Wait.Signal())
}

func (s *service) signalName() string {
	if s.signal() < 0 {
		return "NA"
	}
	return signals.Name(s.Wait.Signal())
}

// since is the time since stamp in whole seconds.
func (s *service) since(stamp tai.Stamp) string {
	return strconv.FormatInt(int64(max(s.now.Sub(stamp), 0)/time.Second), 10)
}

// line is what people read.
func (s *service) line(numeric bool) string {
	text := "down (not started yet) "
	switch {
	case s.Up():
		text = "up (pid " + s.pid() + " pgid " + s.pid() + ") "
	case s.notStarted():
	case s.Wait.Signaled() && numeric:
		text = "down (signal " + strconv.Itoa(s.signal()) + ") "
	case s.Wait.Signaled():
		text = "down (signal " + s.signalName() + ") "
	default:
		text = "down (exitcode " + strconv.Itoa(s.Wait.ExitStatus()) + ") "
	}
	if !s.notStarted() {
		text += s.since(s.Stamp) + " seconds"
	}
	for _, note := range [...]struct {
		when bool
		text string
	}{
		{s.Up() && !s.normallyUp, ", normally down"},
		{!s.Up() && s.normallyUp, ", normally up"},
		{s.Up() && s.Paused, ", paused"},
		{!s.Up() && s.WantUp, ", want up"},
		{s.Up() && !s.WantUp, ", want down"},
		{s.Ready && !s.notStarted(), ", ready " + s.since(s.ReadyStamp) + " seconds"},
	} {
		if note.when {
			text += note.text
		}
	}
	return text
}

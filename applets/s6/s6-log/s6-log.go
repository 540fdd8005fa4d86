// Package s6log implements s6-log: stamp lines and write them into rotated log
// directories. The work is done by [logger].
// Reference: https://skarnet.org/software/s6/s6-log.html
package s6log

import (
	"time"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/getopt"
	"toolbox/internal/localtime"
	"toolbox/logger"
)

// Usage is the synopsis.
const Usage = "s6-log [ -d notif ] [ -q | -v ] [ -b ] [ -p ] [ -t millisecs ] [ -l linelimit ] [ -- ] logging_script"

// Help is the manual page.
const Help = `log standard input into rotated directories

Every word of the script is a directive. Actions take each line:

  1  2     to standard output; to standard error as an alert
  =file    the last line, as the content of file
  dir      into the log directory dir, a word that starts with . or /

The others say how, from there on (t and T: for the next action only):

  t  T     stamp lines with a TAI64N label; with local time
  pTEXT    put TEXT in front
  nN sN    keep N archives (10); of at most N bytes each (99999)
  SN       of at most N bytes together (0: no limit)
  lN       rotate a file when less than N bytes are left (2000)
  RN       rotate a file at least every N seconds (0: by size only)
  rN       try again N milliseconds after an error (2000)
  EN  ^N   cut alerts after N bytes (200); pad status files to N bytes (1001)

  -b           do not read while something is still to be written
  -p           ignore SIGTERM
  -l linelimit cut longer lines (8192; at least 48; 0: never)
  -t millisecs at the end wait so long for the rest of a line (2000; 0: for ever)
  -d notif     write a newline to descriptor notif when all is ready
  -q  -v       say less, more

SIGALRM rotates all directories now. SIGTERM and SIGHUP end it after the line
that has begun.`

const minLineMax = 48

// Run logs until standard input ends or a signal says so.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	verbosity := 1
	o := logger.Options{LineMax: 8192, Notify: -1, LastLine: 2 * time.Second, Zone: localtime.Zone(&p.Env)}
	opts := getopt.New("qvbpl:d:t:", args)
	for opts.Next() {
		switch opts.Flag {
		case 'q':
			verbosity = max(verbosity-1, 0)
		case 'v':
			verbosity++
		case 'b':
			o.Block = true
		case 'p':
			o.Protect = true
		case 'l':
			if o.LineMax = int(opts.Uint(1<<31 - 1)); o.LineMax > 0 {
				o.LineMax = max(o.LineMax, minLineMax)
			}
		case 't':
			o.LastLine = time.Duration(opts.Uint(1<<32-1)) * time.Millisecond
		case 'd':
			o.Notify = int(opts.Uint(1<<31 - 1))
		}
	}
	words, ok := opts.Operands()
	if !ok || len(words) == 0 {
		return nil, chain.ErrUsage
	}
	if o.Notify >= 0 {
		if o.Notify < 3 {
			return nil, chain.Fatal(chain.CodeUsage, "notification fd must be 3 or more")
		}
		if _, err := unix.FcntlInt(uintptr(o.Notify), unix.F_GETFD, 0); err != nil {
			return nil, &chain.Error{Code: chain.CodeUsage, Text: "invalid notification fd", Err: err}
		}
	}
	script, err := logger.Parse(words)
	if err != nil {
		return nil, chain.Fatal(chain.CodeUsage, err.Error())
	}
	if script.Trailing && verbosity > 0 {
		p.Warn("ignoring extraneous non-action directives")
	}
	o.Warn = func(words ...string) {
		if verbosity > 0 {
			p.Warn(words...)
		}
	}
	if err := script.Run(o); err != nil {
		return nil, chain.Fatal(chain.CodeSystem, err.Error())
	}
	return nil, nil
}

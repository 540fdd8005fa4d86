// Package s6tai64nlocal implements s6-tai64nlocal: make TAI64N labels
// readable.
// Reference: https://skarnet.org/software/s6/s6-tai64nlocal.html
package s6tai64nlocal

import (
	"time"

	"toolbox/chain"
	"toolbox/internal/filter"
	"toolbox/internal/getopt"
	"toolbox/internal/localtime"
	"toolbox/internal/tai"
)

// Usage is the synopsis.
const Usage = "s6-tai64nlocal [ -g ]"

// Help is the manual page.
const Help = `make TAI64N labels at the beginning of lines readable

Copies standard input to standard output. A label at the very beginning of a
line, "@" and 24 hexadecimal digits, becomes the local time in the format
YYYY-MM-DD HH:MM:SS.nnnnnnnnn; everything else is copied as it is. The time
zone is that of $TZ, or else of /etc/localtime.

  -g  print UTC instead`

// Run copies standard input to standard output. It fails with 111, and with
// 100 on wrong usage.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	zone := localtime.Zone(&p.Env)
	opts := getopt.New("g", args)
	for opts.Next() {
		zone = time.UTC
	}
	if _, ok := opts.Operands(); !ok {
		return nil, chain.ErrUsage
	}
	failed, err := filter.Lines(func(dst, piece []byte, part filter.Part) []byte {
		if part&filter.Start == 0 {
			return append(dst, piece...)
		}
		return translate(dst, piece, zone)
	})
	if err != nil {
		return nil, chain.Unable(err, failed)
	}
	return nil, nil
}

// translate appends a line to dst, its label as a time in zone. The original
// lets a line alone that is nothing but a label, without even a newline.
func translate(dst, line []byte, zone *time.Location) []byte {
	if len(line) > tai.TextSize {
		if s, err := tai.Parse(line); err == nil {
			var ok bool
			if dst, ok = localtime.Append(dst, s, zone); ok {
				line = line[tai.TextSize:]
			}
		}
	}
	return append(dst, line...)
}

// Package s6tai64n implements s6-tai64n: put a TAI64N stamp before every line.
// Reference: https://skarnet.org/software/s6/s6-tai64n.html
package s6tai64n

import (
	"bytes"

	"toolbox/chain"
	"toolbox/internal/filter"
	"toolbox/internal/tai"
)

// Usage is the synopsis.
const Usage = "s6-tai64n"

// Help is the manual page.
const Help = `put a TAI64N stamp before every line

Copies standard input to standard output. Each line gets a label in front:
"@", the time at which the line was complete as 24 hexadecimal digits, and a
blank. A last line without newline gets one. The label of a line longer than
64 KiB has the time at which so much of it was there.`

// Run copies standard input to standard output. It fails with 111.
func Run(*chain.Proc, []string) (next []string, err error) {
	if failed, err := filter.Lines(stamp); err != nil {
		return nil, chain.Unable(err, failed)
	}
	return nil, nil
}

func stamp(dst, piece []byte, part filter.Part) []byte {
	if part&filter.Start != 0 {
		dst = append(tai.Now().Append(dst), ' ')
	}
	dst = append(dst, piece...)
	if part&filter.End != 0 && !bytes.HasSuffix(piece, []byte("\n")) {
		dst = append(dst, '\n')
	}
	return dst
}

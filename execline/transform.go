package execline

import (
	"strconv"
	"strings"

	"toolbox/internal/getopt"
)

// Blanks are the delimiters a [Transform] usually has.
const Blanks = " \n\r\t"

// A Transform says what becomes of a value before it is substituted. The zero
// value leaves it as it is.
type Transform struct {
	Crunch bool   // shrink each run of delimiters to its first one
	Chomp  bool   // take away one delimiter at the end
	Split  bool   // one value per piece that a delimiter ends
	Delim  string // the delimiters, bytes; none: the value is a sequence of netstrings
}

// Option sets what an option of define and its relatives says, and reports
// whether flag is one.
func (t *Transform) Option(flag byte, arg string) bool {
	switch flag {
	case 'N':
		t.Chomp = false
	case 'n':
		t.Chomp = true
	case 's':
		t.Split = true
	case 'C':
		t.Crunch = true
	case 'c':
		t.Crunch = false
	case 'd':
		t.Delim = arg
	default:
		return false
	}
	return true
}

// Values transforms s: crunch, then chomp, then split. Without split the
// result is one value. The only error is [ErrNetstring].
//
// A last piece that no delimiter ends is a value unless it is empty; with
// chomp it is dropped where nothing was chomped.
func (t Transform) Values(s string) ([]string, error) {
	if t.Crunch {
		s = crunch(s, t.Delim)
	}
	chomped := false
	if t.Chomp && s != "" && strings.IndexByte(t.Delim, s[len(s)-1]) >= 0 {
		s, chomped = s[:len(s)-1], true
	}
	switch {
	case !t.Split:
		return []string{s}, nil
	case t.Delim == "":
		return netstrings(s)
	}
	var values []string
	for {
		i := indexDelim(s, t.Delim)
		if i < 0 {
			break
		}
		values = append(values, s[:i])
		s = s[i+1:]
	}
	if s != "" && (!t.Chomp || chomped) {
		values = append(values, s)
	}
	return values, nil
}

// indexDelim is strings.IndexAny for bytes.
func indexDelim(s, delim string) int {
	if len(delim) == 1 {
		return strings.IndexByte(s, delim[0])
	}
	for i := range len(s) {
		if strings.IndexByte(delim, s[i]) >= 0 {
			return i
		}
	}
	return -1
}

func crunch(s, delim string) string {
	b := make([]byte, 0, len(s))
	inRun := false
	for i := range len(s) {
		is := strings.IndexByte(delim, s[i]) >= 0
		if !is || !inRun {
			b = append(b, s[i])
		}
		inRun = is
	}
	return string(b)
}

// An errorText is an error that is only its text.
type errorText string

func (e errorText) Error() string { return string(e) }

// ErrNetstring tells that a value is no sequence of netstrings.
const ErrNetstring = errorText("invalid netstring")

// netstrings decodes a sequence of "LENGTH:DATA,".
func netstrings(s string) (values []string, err error) {
	for s != "" {
		length, rest, _ := strings.Cut(s, ":")
		n, ok := getopt.Uint(length)
		if !ok || uint64(len(rest)) <= n || rest[n] != ',' {
			return nil, ErrNetstring
		}
		values = append(values, rest[:n])
		s = rest[n+1:]
	}
	return values, nil
}

// AppendNetstring appends s to b as a netstring.
func AppendNetstring(b []byte, s string) []byte {
	b = strconv.AppendInt(b, int64(len(s)), 10)
	b = append(b, ':')
	b = append(b, s...)
	return append(b, ',')
}

// Package glob matches shell patterns against names and file systems, as
// fnmatch(3) and glob(3) do in the C locale: bytes, not characters.
package glob

import "strings"

// Flags change what a pattern means.
type Flags uint8

const (
	// NoEscape makes a backslash an ordinary byte.
	NoEscape Flags = 1 << iota
	// Pathname makes a slash match only a slash in the pattern.
	Pathname
	// Period makes a leading period match only a period in the pattern:
	// leading the name, and with Pathname each component.
	Period
	// FoldCase ignores the case of ASCII letters.
	FoldCase
)

// Match reports whether all of name matches pattern.
//
// A star backs up only to the last star that matched, so that the time is at
// most proportional to the product of the lengths.
func Match(pattern, name string, flags Flags) bool {
	starP, starN := -1, 0
	p, n := 0, 0
	for n < len(name) || p < len(pattern) {
		if p < len(pattern) {
			if pattern[p] == '*' {
				if n < len(name) && hiddenPeriod(name, n, flags) {
					return false
				}
				starP, starN = p, n
				p++
				continue
			}
			if n < len(name) {
				if next, ok := matchOne(pattern, p, name, n, flags); ok {
					p, n = next, n+1
					continue
				}
			}
		}
		// Let the last star take one more byte, unless it may not.
		if starP < 0 || starN >= len(name) || flags&Pathname != 0 && name[starN] == '/' {
			return false
		}
		starN++
		p, n = starP+1, starN
	}
	return true
}

// hiddenPeriod reports whether name[n] is a period that only a period in the
// pattern matches.
func hiddenPeriod(name string, n int, flags Flags) bool {
	return flags&Period != 0 && name[n] == '.' &&
		(n == 0 || flags&Pathname != 0 && name[n-1] == '/')
}

// matchOne matches name[n] against the pattern's element at p and returns
// where the next element starts.
func matchOne(pattern string, p int, name string, n int, flags Flags) (next int, ok bool) {
	c := fold(name[n], flags)
	switch pattern[p] {
	case '?':
		return p + 1, !(flags&Pathname != 0 && name[n] == '/') && !hiddenPeriod(name, n, flags)
	case '[':
		end, in, valid := bracket(pattern[p:], name[n], flags)
		if !valid {
			return p + 1, c == '['
		}
		if flags&Pathname != 0 && name[n] == '/' || hiddenPeriod(name, n, flags) {
			return 0, false
		}
		return p + end, in
	case '\\':
		if flags&NoEscape == 0 && p+1 < len(pattern) {
			p++
		}
	}
	return p + 1, c == fold(pattern[p], flags)
}

func fold(c byte, flags Flags) byte {
	if flags&FoldCase != 0 && 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// bracket matches c against the bracket expression that pattern starts with
// and returns its length; it is not valid when its end is missing.
func bracket(pattern string, c byte, flags Flags) (length int, in, valid bool) {
	i, negate := 1, false
	if i < len(pattern) && (pattern[i] == '!' || pattern[i] == '^') {
		negate = true
		i++
	}
	for first := true; i < len(pattern); first = false {
		if pattern[i] == ']' && !first {
			return i + 1, in != negate, true
		}
		if flags&Pathname != 0 && pattern[i] == '/' {
			return 0, false, false
		}
		if strings.HasPrefix(pattern[i:], "[:") {
			if end := strings.Index(pattern[i:], ":]"); end > 0 {
				in = in || class(pattern[i+2:i+end], c, flags)
				i += end + 2
				continue
			}
		}
		lo, size, ok := bracketByte(pattern[i:], flags)
		if !ok {
			return 0, false, false
		}
		i += size
		hi := lo
		if i+1 < len(pattern) && pattern[i] == '-' && pattern[i+1] != ']' {
			hi, size, ok = bracketByte(pattern[i+1:], flags)
			if !ok {
				return 0, false, false
			}
			i += 1 + size
		}
		in = in || inRange(c, lo, hi, flags)
	}
	return 0, false, false
}

func inRange(c, lo, hi byte, flags Flags) bool {
	if lo <= c && c <= hi {
		return true
	}
	if flags&FoldCase == 0 {
		return false
	}
	lower := fold(c, flags)
	upper := lower
	if 'a' <= lower && lower <= 'z' {
		upper = lower - ('a' - 'A')
	}
	return lo <= lower && lower <= hi || lo <= upper && upper <= hi
}

// bracketByte reads one element of a bracket expression: a byte, an escaped
// one, or a collating symbol of one byte ([.x.], [=x=]).
func bracketByte(s string, flags Flags) (c byte, size int, ok bool) {
	if s[0] == '\\' && flags&NoEscape == 0 {
		if len(s) < 2 {
			return 0, 0, false
		}
		return s[1], 2, true
	}
	if len(s) >= 5 && s[0] == '[' && (s[1] == '.' || s[1] == '=') && s[3] == s[1] && s[4] == ']' {
		return s[2], 5, true
	}
	return s[0], 1, true
}

// class reports whether c is in the POSIX character class name.
func class(name string, c byte, flags Flags) bool {
	lower, upper, digit := 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9'
	graph := 0x21 <= c && c <= 0x7e
	switch name {
	case "alpha":
		return lower || upper
	case "digit":
		return digit
	case "alnum":
		return lower || upper || digit
	case "upper":
		return upper || lower && flags&FoldCase != 0
	case "lower":
		return lower || upper && flags&FoldCase != 0
	case "space":
		return c == ' ' || '\t' <= c && c <= '\r'
	case "blank":
		return c == ' ' || c == '\t'
	case "punct":
		return graph && !lower && !upper && !digit
	case "print":
		return graph || c == ' '
	case "graph":
		return graph
	case "cntrl":
		return c < 0x20 || c == 0x7f
	case "xdigit":
		return digit || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
	}
	return false
}

// unescape takes the backslashes away that make the next byte ordinary.
func unescape(pattern string, flags Flags) string {
	if flags&NoEscape != 0 || !strings.Contains(pattern, `\`) {
		return pattern
	}
	b := make([]byte, 0, len(pattern))
	for i := 0; i < len(pattern); i++ {
		if pattern[i] == '\\' && i+1 < len(pattern) {
			i++
		}
		b = append(b, pattern[i])
	}
	return string(b)
}

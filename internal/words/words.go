// Package words splits a line into words as a shell does, without expanding
// anything. (github.com/google/shlex does the same, but imports fmt and bufio,
// which cost every program of ours start-up time.)
package words

import "errors"

// ErrQuote tells that a quotation, or the character after a backslash, is
// missing its end.
var ErrQuote = errors.New("unterminated quotation")

// Split returns the words of s, which blanks, tabs and newlines separate.
// Between single quotes everything stands for itself; between double quotes a
// backslash quotes only $ ` " \ and a newline, elsewhere any character. A
// quoted newline disappears. Nothing else is special: no variables, patterns
// or comments.
func Split(s string) (list []string, err error) {
	var word []byte
	inWord := false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case ' ', '\t', '\n':
			if inWord {
				list = append(list, string(word))
				word, inWord = word[:0], false
			}
			continue
		case '\'', '"':
			if word, i, err = quoted(word, s, i+1, c); err != nil {
				return nil, err
			}
		case '\\':
			i++
			if i == len(s) {
				return nil, ErrQuote
			}
			if s[i] == '\n' {
				continue
			}
			word = append(word, s[i])
		default:
			word = append(word, c)
		}
		inWord = true
	}
	if inWord {
		list = append(list, string(word))
	}
	return list, nil
}

// quoted appends to word what stands in s from i to the next quote, and
// returns the place of that quote.
func quoted(word []byte, s string, i int, quote byte) ([]byte, int, error) {
	for ; i < len(s); i++ {
		c := s[i]
		if c == quote {
			return word, i, nil
		}
		if c == '\\' && quote == '"' && i+1 < len(s) {
			switch s[i+1] {
			case '$', '`', '"', '\\':
				i++
				c = s[i]
			case '\n':
				i++
				continue
			}
		}
		word = append(word, c)
	}
	return nil, i, ErrQuote
}

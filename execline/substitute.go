package execline

import (
	"strings"
	"unsafe"
)

// Errors of a [Substitution].
const (
	ErrKey      = errorText("bad substitution key")
	ErrTooLarge = errorText("the substituted words are too large")
)

// maxSubstituted is the size in bytes up to which words may grow in one
// substitution: a word with many keys of many values each has no bound.
const maxSubstituted = 256 << 20

// A Substitution replaces keys in words by their values, all of them at once:
// what a value brings in is not looked at again. The zero value has no keys.
//
// A key in a word is written ${key}, or $key before the end of the word or
// one of $ { } \. A word with a key that has several values becomes several
// words, with the rest of the word in each of them; of several such keys the
// leftmost varies slowest. With no values at all the word is gone.
//
// Backslashes directly before a key are halved, and if their number is odd
// the key stays as it is. What is no key of the substitution is not touched.
type Substitution struct {
	definitions []definition
	index       map[string]int // where a key is in definitions, if there are many
	positional  *positional
}

type definition struct {
	key    string
	values []string
}

// Add defines a key. Its values must not change afterwards. The error is
// [ErrKey] for an empty key and for one that is defined already.
func (s *Substitution) Add(key string, values ...string) error {
	if _, defined := s.values(key); key == "" || defined {
		return ErrKey
	}
	const few = 16
	if len(s.definitions) == few {
		s.index = make(map[string]int, 4*few)
		for i, d := range s.definitions {
			s.index[d.key] = i
		}
	}
	if s.index != nil {
		s.index[key] = len(s.definitions)
	}
	s.definitions = append(s.definitions, definition{key, values})
	return nil
}

func (s *Substitution) values(key string) ([]string, bool) {
	if s.positional != nil {
		if values, ok := s.positional.values(key); ok {
			return values, true
		}
	}
	if s.index != nil {
		if i, ok := s.index[key]; ok {
			return s.definitions[i].values, true
		}
		return nil, false
	}
	for i := range s.definitions {
		if s.definitions[i].key == key {
			return s.definitions[i].values, true
		}
	}
	return nil, false
}

// Apply substitutes in words, which stay as they are; the result shares their
// memory where it can. The only error is [ErrTooLarge].
func (s *Substitution) Apply(words []string) ([]string, error) {
	var out []string
	var pieces []piece
	changed := false
	size := 0
	for i, word := range words {
		if strings.IndexByte(word, '$') >= 0 {
			pieces = s.cut(pieces[:0], word)
		} else {
			pieces = pieces[:0]
		}
		if len(pieces) == 0 {
			if changed {
				out = append(out, word)
			}
			continue
		}
		if !changed {
			changed = true
			out = append(make([]string, 0, len(words)+len(pieces)), words[:i]...)
		}
		n, bytes := measure(pieces)
		if size += bytes + n*int(unsafe.Sizeof(word)); n > maxSubstituted || size > maxSubstituted {
			return nil, ErrTooLarge
		}
		out = expand(out, pieces, n, bytes)
	}
	if !changed {
		return words, nil
	}
	return out, nil
}

// A piece is some text of a word, and the values that follow it.
type piece struct {
	text   string
	values []string
	isText bool // nothing follows the text
}

// cut appends the pieces of word to pieces: none, if nothing in it changes.
func (s *Substitution) cut(pieces []piece, word string) []piece {
	from := 0 // what is before is in pieces
	for at := 0; ; {
		dollar := strings.IndexByte(word[at:], '$')
		if dollar < 0 {
			break
		}
		dollar += at
		key, after := keyAt(word, dollar)
		values, ok := s.values(key)
		if !ok {
			at = dollar + 1
			continue
		}
		escapes := 0
		for escapes < dollar-from && word[dollar-1-escapes] == '\\' {
			escapes++
		}
		text := word[from : dollar-escapes+escapes/2]
		if escapes%2 != 0 {
			pieces = append(pieces, piece{text: text, isText: true})
			from = dollar
		} else {
			pieces = append(pieces, piece{text: text, values: values})
			from = after
		}
		at = after
	}
	if len(pieces) > 0 && from < len(word) {
		pieces = append(pieces, piece{text: word[from:], isText: true})
	}
	return pieces
}

// keyAt returns what would be a key at the dollar, and where the word goes on
// behind it. There is none if it is empty.
func keyAt(word string, dollar int) (key string, after int) {
	from := dollar + 1
	inBraces := from < len(word) && word[from] == '{'
	if inBraces {
		from++
	}
	to := from
	for to < len(word) && !special(word[to]) {
		to++
	}
	if !inBraces {
		return word[from:to], to
	}
	if to == len(word) || word[to] != '}' {
		return "", 0
	}
	return word[from:to], to + 1
}

// special reports whether c ends a key.
func special(c byte) bool { return c == '$' || c == '{' || c == '}' || c == '\\' }

// measure returns how many words the pieces make, and their bytes in all.
// Either is more than maxSubstituted if it is too much.
func measure(pieces []piece) (n, bytes int) {
	n = 1
	for _, p := range pieces {
		if !p.isText {
			n = min(n*len(p.values), maxSubstituted+1)
		}
	}
	if n == 0 {
		return 0, 0
	}
	for _, p := range pieces {
		bytes = min(bytes+n*len(p.text), maxSubstituted+1)
		if p.isText {
			continue
		}
		sum := 0
		for _, v := range p.values {
			sum = min(sum+len(v), maxSubstituted+1)
		}
		bytes = min(bytes+n/len(p.values)*sum, maxSubstituted+1)
	}
	return n, bytes
}

// expand appends the n words, of that many bytes in all, that the pieces make.
func expand(out []string, pieces []piece, n, bytes int) []string {
	if len(pieces) == 1 && pieces[0].text == "" && !pieces[0].isText {
		return append(out, pieces[0].values...)
	}
	text := make([]byte, 0, bytes)
	repeat := 1 // how many words share a value of the piece
	var few [8]int
	turns := append(few[:0], make([]int, len(pieces))...)
	for i := len(pieces) - 1; i >= 0; i-- {
		turns[i] = repeat
		repeat *= max(len(pieces[i].values), 1)
	}
	for word := range n {
		from := len(text)
		for i, p := range pieces {
			text = append(text, p.text...)
			if !p.isText {
				text = append(text, p.values[word/turns[i]%len(p.values)]...)
			}
		}
		out = append(out, unsafe.String(unsafe.SliceData(text[from:]), len(text)-from))
	}
	return out
}

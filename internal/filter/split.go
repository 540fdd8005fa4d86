package filter

import "bytes"

// chunk is how much is read at once: what a pipe holds. A line up to this
// size comes in one piece.
const chunk = 64 << 10

// Part says which part of its line a piece is.
type Part uint8

// A piece with both is a whole line.
const (
	Start Part = 1 << iota
	End
)

// An Edit appends to dst what a piece of the input becomes. The piece is a
// line with its newline; the last line of the input may lack the newline. A
// line longer than 64 KiB comes in several pieces, of which the last may be
// empty.
type Edit func(dst, piece []byte, part Part) []byte

// A splitter edits text in pieces and writes the result when there is enough
// of it.
type splitter struct {
	edit  Edit
	write func(b []byte) error
	out   []byte
	part  Part // of the next piece: Start, or nothing within a long line
	err   error
}

// split edits the lines in text and returns the incomplete one at its end.
func (s *splitter) split(text []byte) (rest []byte) {
	for {
		i := bytes.IndexByte(text, '\n')
		if i < 0 {
			break
		}
		s.piece(text[:i+1], s.part|End)
		text = text[i+1:]
	}
	if len(text) < chunk {
		return text
	}
	s.piece(text, s.part)
	return nil
}

// end edits the incomplete line that is left at the end of the input.
func (s *splitter) end(text []byte) {
	if len(text) > 0 || s.part != Start {
		s.piece(text, s.part|End)
	}
	s.flush()
}

func (s *splitter) piece(text []byte, part Part) {
	s.out = s.edit(s.out, text, part)
	s.part = 0
	if part&End != 0 {
		s.part = Start
	}
	if len(s.out) >= chunk {
		s.flush()
	}
}

func (s *splitter) flush() {
	if s.err == nil {
		s.err = s.write(s.out)
	}
	s.out = s.out[:0]
}

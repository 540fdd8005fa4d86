package filter

import (
	"bytes"
	"strings"
	"testing"
)

// split is what Lines does, without descriptors: text comes in reads of step
// bytes.
func split(text []byte, step int, edit Edit) []byte {
	var out []byte
	s := splitter{edit: edit, part: Start, write: func(b []byte) error {
		out = append(out, b...)
		return nil
	}}
	var held []byte
	for len(text) > 0 {
		n := min(step, len(text), chunk-len(held))
		held = append([]byte(nil), s.split(append(held, text[:n]...))...)
		text = text[n:]
	}
	s.end(held)
	return out
}

// mark shows the pieces: "<" starts a line, ">" ends it.
func mark(dst, piece []byte, part Part) []byte {
	if part&Start != 0 {
		dst = append(dst, '<')
	}
	dst = append(dst, piece...)
	if part&End != 0 {
		dst = append(dst, '>')
	}
	return dst
}

func TestSplit(t *testing.T) {
	long := strings.Repeat("x", chunk-1)
	for _, tt := range []struct{ text, want string }{
		{"", ""},
		{"a\nb\n", "<a\n><b\n>"},
		{"a\n\nb", "<a\n><\n><b>"},
		{long + "\nb\n", "<" + long + "\n><b\n>"},
		{long + "x", "<" + long + "x>"},
		{long + "x\nb", "<" + long + "x\n><b>"},
		{long + long + long + "\nb", "<" + long + long + long + "\n><b>"},
	} {
		for _, step := range []int{1, 3, 1000, chunk} {
			if len(tt.text) > chunk/2 && step < 1000 {
				continue // takes long
			}
			if got := string(split([]byte(tt.text), step, mark)); got != tt.want {
				t.Errorf("split(%.20q..., %d) gives %d bytes; want %d", tt.text, step, len(got), len(tt.want))
			}
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add([]byte("a\nb\n\nc"), uint16(1), uint8(1))
	f.Add([]byte("0123456789abcdef\n"), uint16(1000), uint8(200))
	f.Fuzz(func(t *testing.T, text []byte, step uint16, repeat uint8) {
		text = bytes.Repeat(text, int(repeat))
		var want []byte
		for line := range bytes.Lines(text) {
			want = mark(want, line, Start|End)
		}
		if got := split(text, int(step)+1, mark); !bytes.Equal(got, want) {
			t.Errorf("split gives %q; want %q", got, want)
		}
	})
}

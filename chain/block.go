package chain

import (
	"strconv"

	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
)

// TakeBlock splits args into the block it starts with and what follows. A
// block is written as in execline's compiled form: every word has a leading
// blank, which is taken off, and an empty word ends it.
//
// A word without the blank makes a warning or an error, as EXECLINE_STRICT
// says; a block without end is wrong usage.
func (p *Proc) TakeBlock(args []string) (block, rest []string, err error) {
	p.blocks++
	strict, _ := getopt.Uint(p.Env.Get("EXECLINE_STRICT"))
	for i, word := range args {
		switch {
		case word == "":
			return p.stripped(args[:i]), args[i+1:], nil
		case word[0] == ' ' || strict == 0:
		default:
			text := []string{"unquoted argument", word, "at block", strconv.Itoa(p.blocks), "position", strconv.Itoa(i)}
			if strict >= 2 {
				return nil, nil, Fatal(CodeUsage, text...)
			}
			p.Warn(text...)
		}
	}
	return nil, nil, Fatal(CodeUsage, "unterminated block")
}

// stripped returns a block's words one level further out. They are new, since
// a loop may enter the same words many times.
func (p *Proc) stripped(words []string) []string {
	block := make([]string, len(words))
	for i, word := range words {
		if word[0] == ' ' {
			word = word[1:]
		}
		block[i] = word
	}
	return block
}

// Block runs argv to its end, as a child process would run, and returns how
// it ended. It runs in this process where all it changes can be rolled back.
// An empty argv succeeds. The error tells that its first word could not be
// started at all.
func (p *Proc) Block(argv []string) (Status, error) {
	if len(argv) == 0 {
		return 0, nil
	}
	t, err := p.resolve(argv[0])
	if err != nil {
		return 0, err
	}
	if !t.inPlace() || !roomForJournal() {
		return p.child(t, argv)
	}
	p.push()
	defer p.pop()
	return p.chain(t, argv), nil
}

// inPlace reports whether the target can run inside a block of this process.
func (t target) inPlace() bool { return t.applet != nil && t.applet.Kind == Loader }

// roomForJournal reports whether descriptors can be saved at their usual
// numbers.
func roomForJournal() bool {
	var lim unix.Rlimit
	return unix.Getrlimit(unix.RLIMIT_NOFILE, &lim) == nil && lim.Cur >= journalBase+56
}

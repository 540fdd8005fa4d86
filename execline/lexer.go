package execline

// A class is what a byte means to the lexer.
type class uint8

const (
	text class = iota // anything that has no meaning of its own
	blank
	newline
	hash
	quote
	backslash
	brace
	unbrace
	end // the end of the script
	numClasses
)

// classOf tells the class of a byte. Every byte up to the blank is blank,
// other control characters included; NUL never gets here.
var classOf = [256]class{
	1: blank, 2: blank, 3: blank, 4: blank, 5: blank, 6: blank, 7: blank, 8: blank, 9: blank,
	'\n': newline,
	11:   blank, 12: blank, 13: blank, 14: blank, 15: blank, 16: blank, 17: blank, 18: blank,
	19: blank, 20: blank, 21: blank, 22: blank, 23: blank, 24: blank, 25: blank, 26: blank,
	27: blank, 28: blank, 29: blank, 30: blank, 31: blank, ' ': blank,
	'#': hash, '"': quote, '\\': backslash, '{': brace, '}': unbrace,
}

// A state is where the lexer stands.
type state uint8

const (
	between   state = iota // between two words
	commented              // in a comment
	opening                // behind a brace that starts a word and may be all of it
	closing                // the same for a closing brace
	inWord                 // in a word
	quoted                 // in a word, in quotes
	skipping               // behind a backslash between words
	escaping               // behind a backslash in a word
	numScanned
	done // the script is complete
	failed
)

// An action is done with the current byte.
type action uint8

const (
	pass       action = iota // nothing
	begin                    // begin a word
	beginPut                 // begin a word with the byte
	put                      // append the byte, and those of the same meaning behind it
	putOne                   // append the byte
	finish                   // the word is complete
	openBlock                // the word is an opening brace: forget it, one level deeper
	closeBlock               // the word is a closing brace: it becomes the end of a block
	unescape                 // read an escape sequence in quotes
)

type cell struct {
	next state
	do   action
}

// lexer says for every state and class what to do and where it leads.
//
// A brace has its meaning only as a word of its own; a comment starts only
// where a word would; quotes may open and close anywhere in a word. A
// backslash before a newline joins lines between words but puts the newline
// into a word.
var lexer = [numScanned][numClasses]cell{
	between: {
		text:      {inWord, beginPut},
		blank:     {between, pass},
		newline:   {between, pass},
		hash:      {commented, pass},
		quote:     {quoted, begin},
		backslash: {skipping, pass},
		brace:     {opening, beginPut},
		unbrace:   {closing, beginPut},
		end:       {done, pass},
	},
	commented: {
		text:      {commented, pass},
		blank:     {commented, pass},
		newline:   {between, pass},
		hash:      {commented, pass},
		quote:     {commented, pass},
		backslash: {commented, pass},
		brace:     {commented, pass},
		unbrace:   {commented, pass},
		end:       {done, pass},
	},
	opening: {
		text:      {inWord, put},
		blank:     {between, openBlock},
		newline:   {between, openBlock},
		hash:      {inWord, put},
		quote:     {quoted, pass},
		backslash: {escaping, pass},
		brace:     {inWord, put},
		unbrace:   {inWord, put},
		end:       {done, openBlock},
	},
	closing: {
		text:      {inWord, put},
		blank:     {between, closeBlock},
		newline:   {between, closeBlock},
		hash:      {inWord, put},
		quote:     {quoted, pass},
		backslash: {escaping, pass},
		brace:     {inWord, put},
		unbrace:   {inWord, put},
		end:       {done, closeBlock},
	},
	inWord: {
		text:      {inWord, put},
		blank:     {between, finish},
		newline:   {between, finish},
		hash:      {inWord, put},
		quote:     {quoted, pass},
		backslash: {escaping, pass},
		brace:     {inWord, put},
		unbrace:   {inWord, put},
		end:       {done, finish},
	},
	quoted: {
		text:      {quoted, put},
		blank:     {quoted, putOne},
		newline:   {quoted, putOne},
		hash:      {quoted, put},
		quote:     {inWord, pass},
		backslash: {quoted, unescape},
		brace:     {quoted, put},
		unbrace:   {quoted, put},
		end:       {failed, pass},
	},
	skipping: {
		text:      {inWord, beginPut},
		blank:     {inWord, beginPut},
		newline:   {between, pass},
		hash:      {inWord, beginPut},
		quote:     {inWord, beginPut},
		backslash: {inWord, beginPut},
		brace:     {inWord, beginPut},
		unbrace:   {inWord, beginPut},
		end:       {done, pass},
	},
	escaping: {
		text:      {inWord, putOne},
		blank:     {inWord, putOne},
		newline:   {inWord, putOne},
		hash:      {inWord, putOne},
		quote:     {inWord, putOne},
		backslash: {inWord, putOne},
		brace:     {inWord, putOne},
		unbrace:   {inWord, putOne},
		end:       {failed, pass},
	},
}

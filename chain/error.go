package chain

import (
	"errors"

	"golang.org/x/sys/unix"
)

// Exit codes that every applet shares; any other is in its own documentation.
const (
	CodeUsage   = 100 // wrong usage
	CodeSystem  = 111 // a system call failed
	CodeNoExec  = 126 // found, but could not be executed
	CodeNoEntry = 127 // not found
)

// ErrUsage makes the engine print the applet's usage and exit 100.
var ErrUsage error = &Error{Code: CodeUsage}

// An Error ends a chain with a message on standard error.
type Error struct {
	Code int
	Text string
	Err  error // the system's reason, or nil
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Text
	}
	return e.Text + ": " + e.Err.Error()
}

// Unwrap returns the system's reason.
func (e *Error) Unwrap() error { return e.Err }

// Unable is "unable to VERB OBJECT...: reason" with exit code 111. Words are
// joined by blanks. err is stripped to the errno it wraps, which says it best.
func Unable(err error, words ...string) error { return UnableCode(CodeSystem, err, words...) }

// UnableCode is [Unable] with another exit code.
func UnableCode(code int, err error, words ...string) error {
	var errno unix.Errno
	if errors.As(err, &errno) {
		err = errno
	}
	return &Error{Code: code, Text: "unable to " + join(words), Err: err}
}

// Fatal is a plain message with an exit code. Words are joined by blanks.
func Fatal(code int, words ...string) error { return &Error{Code: code, Text: join(words)} }

// Exit ends a chain silently with an exit code.
type Exit int

func (e Exit) Error() string { return "exit" }

// Killed ends a chain as a child that a signal killed.
type Killed unix.Signal

func (k Killed) Error() string { return "killed" }

func join(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	n := len(words)
	for _, w := range words {
		n += len(w)
	}
	b := make([]byte, 0, n)
	for i, w := range words {
		if i > 0 {
			b = append(b, ' ')
		}
		b = append(b, w...)
	}
	return string(b)
}

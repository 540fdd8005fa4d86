package boot

// A fault is "unable to VERB PATH: reason".
type fault struct {
	verb, path string
	err        error
}

func (f *fault) Error() string { return "unable to " + f.verb + " " + f.path + ": " + f.err.Error() }

// Unwrap returns the reason.
func (f *fault) Unwrap() error { return f.err }

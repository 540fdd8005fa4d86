// Package execline implements the language of execline: a script is parsed
// into the words of a command line (parse.go), keys in words are substituted
// (substitute.go) by values that may have been split (transform.go), and
// positional parameters live in numbered variables, whose former values are
// kept in frames (frame.go). It starts nothing: text in, words out.
//
// Reference: https://skarnet.org/software/execline/grammar.html and
// el_substitute.html, el_transform.html, el_pushenv.html beside it.
package execline

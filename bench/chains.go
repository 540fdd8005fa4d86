package main

import (
	"fmt"
	"strings"
)

// links is a chain of ten links; fd 3 is closed, which fdclose does not mind.
const links = "export A 1 export B 2 cd / umask 022 export C 3 unexport A export D 4 fdclose 3 export E 5 export F 6 "

func (b *bench) ours(argv ...string) program {
	argv[0] = b.tools + "/" + argv[0]
	return program{argv, []string{"PATH=" + b.tools + ":/usr/bin:/bin"}}
}

func debian(argv ...string) program {
	argv[0] = "/usr/bin/" + argv[0]
	return program{argv, []string{"PATH=/usr/bin:/bin"}}
}

var startUp = row{"start", "start-up of an applet, against an empty Go program", "at most 1.15 ×", func(b *bench) (string, bool) {
	m := medians(3*b.rounds, program{[]string{b.empty}, nil}, b.ours("exit"), b.ours("fix-attrs"),
		b.ours("s6-envdir", "-I", "/none", b.tools+"/exit"))
	one, other, two := ratio(m[1], m[0]), ratio(m[2], m[0]), ratio(m[3], m[0])
	return fmt.Sprintf("%s against %s: %.2f × (exit), %.2f × (fix-attrs of nothing); a chain of two (s6-envdir, exit) %.2f ×",
		micro(m[1]), micro(m[0]), one, other, two), max(one, other) <= 1.15
}}

var chainOfTen = row{"chain", "execlineb -P -c with 10 links and a static C program, against Debian's", "at least 4 × faster", func(b *bench) (string, bool) {
	script := links + b.static
	m := medians(b.rounds, b.ours("execlineb", "-P", "-c", script), debian("execlineb", "-P", "-c", script))
	r := ratio(m[1], m[0])
	return fmt.Sprintf("%s against %s: %.1f × faster", micro(m[0]), micro(m[1]), r), r >= 4
}}

var chainGrowth = row{"growth", "the same, against our own with 1 link", "at most 1.15 ×", func(b *bench) (string, bool) {
	m := medians(2*b.rounds, b.ours("execlineb", "-P", "-c", links+b.static), b.ours("execlineb", "-P", "-c", "cd / "+b.static))
	r := ratio(m[0], m[1])
	return fmt.Sprintf("%s against %s: %.2f ×", micro(m[0]), micro(m[1]), r), r <= 1.15
}}

var blocks = row{"blocks", "a script with 100 rounds of if and foreground, against Debian's", "at least 20 × faster", func(b *bench) (string, bool) {
	script := strings.Repeat("if { cd / exit 0 } foreground { umask 022 exit 3 } ", 100) + b.static
	m := medians(max(b.rounds/20, 5), b.ours("execlineb", "-P", "-c", script), debian("execlineb", "-P", "-c", script))
	r := ratio(m[1], m[0])
	return fmt.Sprintf("%s against %s: %.1f × faster", micro(m[0]), micro(m[1]), r), r >= 20
}}

package boot

import (
	"strconv"

	"toolbox/internal/sys"
)

// say prints what happens, on standard output as s6-overlay 2 does.
func (i *Init) say(line string) {
	if i.vars.num(verbosity) >= 2 {
		sys.WriteAll(1, []byte(line+"\n"))
	}
}

// warn prints a warning on standard error.
func (i *Init) warn(words ...string) {
	if i.vars.num(verbosity) >= 1 {
		i.p.Warn(words...)
	}
}

// info prints a remark on standard error.
func (i *Init) info(words ...string) {
	if i.vars.num(verbosity) >= 2 {
		i.p.Info(words...)
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

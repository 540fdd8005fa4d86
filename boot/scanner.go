package boot

import (
	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/sys"
	"toolbox/supervise"
)

// newScanner makes the scanner, in this process and on its event loop.
func (i *Init) newScanner() error {
	scanner, err := supervise.New(i.loop, supervise.Config{
		Dir:     scanDir,
		Environ: i.services.Strings(),
		Limits:  i.p.AddLimits,
		Console: -1,
		Say: func(text string) {
			if i.vars.num(verbosity) >= 1 {
				sys.WriteAll(2, []byte(text+"\n"))
			}
		},
		Command: i.scannerCommand,
		Event:   i.serviceEvent,
	})
	if err != nil {
		return chain.Fatal(chain.CodeSystem, "unable to supervise "+scanDir+": "+err.Error())
	}
	i.scanner = scanner
	scanner.OnStopped(func() {
		i.stop.services = true
		i.stop.check()
	})
	// The scanner ignores it, which the programs of scripts would inherit.
	return i.loop.Signal(unix.SIGPIPE, func() {})
}

// scannerCommand is asked about the commands of s6-svscanctl: those that would
// end the scanner stop the container.
func (i *Init) scannerCommand(c byte) bool {
	switch c {
	case 't', 'i', 'q':
		i.beginStop()
	case 'b':
		i.beginStop()
		i.stop.hurry()
	default:
		return false
	}
	return true
}

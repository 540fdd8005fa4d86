// Go 1.25 and later keep the cgroup's files open, on low descriptors that
// belong to scripts, to follow CPU limits. (The directive only counts above
// the package clause.)
//
//go:debug containermaxprocs=0

// Toolbox is a process supervision suite, the execline language, a container
// init and the small programs that go with them, in one executable.
//
// The name it is called by chooses the applet; README.md shows the use.
package main

import (
	"toolbox/chain"
)

func main() { chain.Main(lookup) }

package boot

import (
	"sort"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/sys"
)

// s6rcDir is where s6-overlay 3 has service definitions for s6-rc, which this
// init does not read.
const s6rcDir = "/etc/s6-overlay/s6-rc.d"

// s6rcServices returns the names of the definitions, without the bundles that
// s6-overlay itself needs.
func s6rcServices() (names []string) {
	entries, err := sys.ReadDir(unix.AT_FDCWD, s6rcDir)
	if err != nil {
		return nil
	}
	for _, name := range entries {
		if name[0] != '.' && name != "user" && name != "user2" {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// checkS6rc says that definitions of s6-rc are not read. That is an error
// unless failures of the start do not matter.
func (i *Init) checkS6rc() error {
	names := s6rcServices()
	if len(names) == 0 {
		return nil
	}
	text := "services of s6-rc in " + s6rcDir + " are not supported, and do not run: " + strings.Join(names, " ")
	if i.vars.num(behaviour) != 0 {
		return chain.Fatal(chain.CodeUsage, text)
	}
	i.warn(text)
	return nil
}

package chain

import (
	"sync"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// Self is the path that executes this very program again, also when its file
// was replaced or is out of sight.
const Self = "/proc/self/exe"

// self identifies our own executable by device and inode.
func self() identity {
	findSelf.Do(func() {
		var st unix.Stat_t
		if unix.Stat(Self, &st) == nil || unix.Stat(sys.Execfn(), &st) == nil {
			selfIdentity = identity{st.Dev, st.Ino}
		}
	})
	return selfIdentity
}

var (
	findSelf     sync.Once
	selfIdentity identity
)

type identity struct{ dev, ino uint64 }

// base returns the last component of path.
func base(path string) string {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[i+1:]
		}
	}
	return path
}

package chain

import "golang.org/x/sys/unix"

// numLimits is the number of resource limits Linux knows.
const numLimits = 16

// pendingLimit reports whether the Go runtime may not survive the limit: it
// needs address space, data, stack and threads of its own. Such a limit is
// recorded and set by the last instruction before execve; any other acts at
// once, so that the next link feels it as it does in C.
func pendingLimit(resource int) bool {
	switch resource {
	case unix.RLIMIT_AS, unix.RLIMIT_DATA, unix.RLIMIT_STACK, unix.RLIMIT_NPROC:
		return true
	}
	return false
}

// Limit returns the resource limit that the next program will have.
func (p *Proc) Limit(resource int) (unix.Rlimit, error) {
	if l := p.pending[resource]; l != nil {
		return *l, nil
	}
	var lim unix.Rlimit
	err := unix.Getrlimit(resource, &lim)
	return lim, err
}

// SetLimit sets a resource limit. Whether this process may raise its hard
// limit is decided as the kernel would.
func (p *Proc) SetLimit(resource int, lim unix.Rlimit) error {
	if !pendingLimit(resource) {
		return unix.Setrlimit(resource, &lim)
	}
	old, err := p.Limit(resource)
	if err != nil {
		return err
	}
	if lim.Cur > lim.Max {
		return unix.EINVAL
	}
	if lim.Max > old.Max && !mayRaiseLimits() {
		return unix.EPERM
	}
	p.pending[resource] = &lim
	return nil
}

// mayRaiseLimits reports whether this thread has CAP_SYS_RESOURCE.
func mayRaiseLimits() bool {
	hdr := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if unix.Capget(&hdr, &data[0]) != nil {
		return false
	}
	return data[0].Effective&(1<<unix.CAP_SYS_RESOURCE) != 0
}

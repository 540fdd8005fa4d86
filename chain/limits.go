package chain

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/getopt"
	"toolbox/internal/sys"
)

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
// limit is decided as the kernel would, and now: a link that follows may give
// up the right to it.
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
	if lim.Max > old.Max {
		if !capable(unix.CAP_SYS_RESOURCE) {
			return unix.EPERM
		}
		if err := raiseHard(resource, lim.Max); err != nil {
			return err
		}
	}
	p.pending[resource] = &lim
	return nil
}

// raiseHard gives this process a hard limit of at least limit. Its soft limit
// stays.
func raiseHard(resource int, limit uint64) error {
	var now unix.Rlimit
	if err := unix.Getrlimit(resource, &now); err != nil || limit <= now.Max {
		return err
	}
	now.Max = limit
	return unix.Setrlimit(resource, &now)
}

// AddLimits makes the program that prog executes have the limits recorded by
// [Proc.SetLimit]. Every child of a resident needs it: it inherits what an
// s6-softlimit before the resident asked for.
func (p *Proc) AddLimits(prog *sys.Program) {
	for resource, lim := range p.pending {
		if lim != nil {
			prog.Limit(resource, *lim)
		}
	}
}

// limitsVariable carries the pending limits over the execve by which a
// resident is entered. It is gone from the environment before any applet runs.
const limitsVariable = "TOOLBOX_PENDING_LIMITS"

// packLimits writes the pending limits as resource:soft:hard, separated by
// commas.
func (p *Proc) packLimits() string {
	var b []byte
	for resource, lim := range p.pending {
		if lim == nil {
			continue
		}
		if b != nil {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, int64(resource), 10)
		b = strconv.AppendUint(append(b, ':'), lim.Cur, 10)
		b = strconv.AppendUint(append(b, ':'), lim.Max, 10)
	}
	return string(b)
}

// takeLimits takes over what packLimits wrote. A memory limit becomes the
// runtime's own, which collects more often instead of dying; anything else
// waits for the programs to come.
func (p *Proc) takeLimits() {
	text, ok := p.Env.Lookup(limitsVariable)
	if !ok {
		return
	}
	p.Env.Unset(limitsVariable)
	for _, entry := range strings.Split(text, ",") {
		resource, values, _ := strings.Cut(entry, ":")
		soft, hard, _ := strings.Cut(values, ":")
		r, ok1 := getopt.Uint(resource)
		cur, ok2 := getopt.Uint(soft)
		limit, ok3 := getopt.Uint(hard)
		if !ok1 || !ok2 || !ok3 || r >= numLimits || !pendingLimit(int(r)) || cur > limit {
			continue
		}
		p.pending[r] = &unix.Rlimit{Cur: cur, Max: limit}
		if (r == unix.RLIMIT_AS || r == unix.RLIMIT_DATA) && cur < math.MaxInt64 {
			sys.SetMemoryLimit(int64(cur))
		}
	}
}

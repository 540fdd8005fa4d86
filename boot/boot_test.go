package boot

import (
	"testing"

	"toolbox/chain"
)

// Whatever panics, init goes on.
func TestGuard(t *testing.T) {
	i := &Init{p: new(chain.Proc)}
	var none map[string]int
	for _, f := range []func(){
		func() { panic("text") },
		func() { none["x"] = 1 },
		func() { panic(any(3)) },
	} {
		i.guard(f)
	}
	if i.panics != 3 {
		t.Errorf("%d panics; want 3", i.panics)
	}
}

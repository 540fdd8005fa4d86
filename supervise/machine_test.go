package supervise

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var stateNames = [numStates]string{down: "down", up: "up", finish: "finish", lastUp: "lastUp", lastFinish: "lastFinish"}

var eventNames = [numEvents]string{
	timeout: "timeout", died: "died", started: "started", notStarted: "notStarted", finishing: "finishing",
	nothingToDo: "nothingToDo", asksTerm: "asksTerm", asksHangup: "asksHangup", asksQuit: "asksQuit",
	asksInterrupt: "asksInterrupt", sendALRM: "sendALRM", sendABRT: "sendABRT", sendQUIT: "sendQUIT",
	sendHUP: "sendHUP", sendKILL: "sendKILL", sendTERM: "sendTERM", sendINT: "sendINT", sendUSR1: "sendUSR1",
	sendUSR2: "sendUSR2", sendSTOP: "sendSTOP", sendCONT: "sendCONT", sendWINCH: "sendWINCH", sendDown: "sendDown",
	sendReload: "sendReload", groupSTOP: "groupSTOP", groupCONT: "groupCONT", groupKILL: "groupKILL", once: "once",
	wantDown: "wantDown", wantUp: "wantUp", wantDownFor: "wantDownFor", wantUpFor: "wantUpFor", leave: "leave",
	atMostOnce: "atMostOnce", failForGood: "failForGood",
}

var actionNames = map[action]string{
	startIfWanted: "startIfWanted", start: "start", setWantUp: "setWantUp", setWantDown: "setWantDown",
	makeDownFile: "makeDownFile", removeDownFile: "removeDownFile", announceUp: "announceUp", waitLong: "waitLong",
	runFinish: "runFinish", announceDeath: "announceDeath", settleAtOnce: "settleAtOnce", settle: "settle",
	bringDown: "bringDown", killHard: "killHard", killFinish: "killFinish", closeStdio: "closeStdio", quit: "quit",
	signalIt: "signalIt", interruptGroup: "interruptGroup",
}

// The table is printed to a golden file: a change of it is seen, and read.
func TestMachineGolden(t *testing.T) {
	var b strings.Builder
	for s := range numStates {
		for e := range numEvents {
			c := machine[s][e]
			var do []string
			for _, a := range c.do {
				do = append(do, actionNames[a])
			}
			fmt.Fprintf(&b, "%-10s %-13s -> %-10s %s\n", stateNames[s], eventNames[e], stateNames[c.next], strings.Join(do, ", "))
		}
	}
	const golden = "testdata/machine.golden"
	if *update {
		os.MkdirAll("testdata", 0o755)
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the machine differs from %s; read the difference, then run with -update:\n%s", golden, b.String())
	}
}

// A cell that was forgotten would lead to down, which only these do.
func TestMachineLeadsWhereItMust(t *testing.T) {
	for s := up; s < numStates; s++ {
		for e := range numEvents {
			next := machine[s][e].next
			if next == down && e != died && e != nothingToDo {
				t.Errorf("%s in %s leads to down: is the cell missing?", eventNames[e], stateNames[s])
			}
			if (s == lastUp || s == lastFinish) && (next == up || next == finish) {
				t.Errorf("%s in %s takes back that the supervisor leaves", eventNames[e], stateNames[s])
			}
		}
	}
}

// Only what runs can be signalled, and every byte of s6's alphabet is known.
func TestControlBytes(t *testing.T) {
	const alphabet = "abqhkti12pcyrlPCKoduDUxOQ"
	seen := map[event]bool{}
	for c := range control {
		e := control[c]
		if known := strings.IndexByte(alphabet, byte(c)) >= 0; known != (e != 0) {
			t.Errorf("control byte %q leads to %s", byte(c), eventNames[e])
		}
		if e != 0 && seen[e] {
			t.Errorf("two control bytes lead to %s", eventNames[e])
		}
		seen[e] = true
	}
	for e := sendALRM; e <= groupKILL; e++ {
		for s := range numStates {
			if running := s == up || s == lastUp; running != (len(machine[s][e].do) == 1) {
				t.Errorf("%s in %s does %d things", eventNames[e], stateNames[s], len(machine[s][e].do))
			}
		}
	}
}

package boot

import (
	"strconv"
	"strings"
	"time"

	"toolbox/internal/env"
	"toolbox/internal/getopt"
	"toolbox/internal/spell"
)

// A variable of the S6_ family, by its place in variables.
type variable uint8

const (
	behaviour variable = iota
	cmdArg0
	cmdReceiveSignals
	cmdWait
	cmdWaitMax
	fixAttrsHidden
	keepEnv
	killFinishMax
	killGrace
	runtimeProfile
	servicesGrace
	syncDisks
	verbosity

	catchallUser
	cmdUseTerminal
	logging
	loggingScript
	readOnlyRoot
	runtimeBundleDir
	servicesReadyTime
	stage2Exited
	stage2Hook
	waitForClosingFd
	worldWritableRun

	numVariables
)

// kind is what init does with a variable.
type kind uint8

const (
	number kind = iota // a decimal number
	word               // any text
	spare              // another program's business, or not needed here
	later              // known, but init does not act on it: worth a warning
)

// variables are the S6_ variables of s6-overlay 2.2.0.3 and 3.2.3.2. Times are
// milliseconds.
var variables = [numVariables]struct {
	name  string
	kind  kind
	value int // of a number that is not set
}{
	behaviour:         {"S6_BEHAVIOUR_IF_STAGE2_FAILS", number, 0},
	cmdArg0:           {"S6_CMD_ARG0", word, 0},
	cmdReceiveSignals: {"S6_CMD_RECEIVE_SIGNALS", number, 0},
	cmdWait:           {"S6_CMD_WAIT_FOR_SERVICES", number, 0},
	cmdWaitMax:        {"S6_CMD_WAIT_FOR_SERVICES_MAXTIME", number, 0},
	fixAttrsHidden:    {"S6_FIX_ATTRS_HIDDEN", number, 0},
	keepEnv:           {"S6_KEEP_ENV", number, 0},
	killFinishMax:     {"S6_KILL_FINISH_MAXTIME", number, 5000},
	killGrace:         {"S6_KILL_GRACETIME", number, 3000},
	runtimeProfile:    {"S6_RUNTIME_PROFILE", word, 0},
	servicesGrace:     {"S6_SERVICES_GRACETIME", number, 3000},
	syncDisks:         {"S6_SYNC_DISKS", number, 0},
	verbosity:         {"S6_VERBOSITY", number, 2},

	catchallUser:      {"S6_CATCHALL_USER", later, 0},
	cmdUseTerminal:    {"S6_CMD_USE_TERMINAL", later, 0},
	logging:           {"S6_LOGGING", later, 0},
	loggingScript:     {"S6_LOGGING_SCRIPT", spare, 0},    // logutil-service reads it
	readOnlyRoot:      {"S6_READ_ONLY_ROOT", spare, 0},    // seen without being told
	runtimeBundleDir:  {"S6_RUNTIME_BUNDLEDIR", spare, 0}, // of s6-rc
	servicesReadyTime: {"S6_SERVICES_READYTIME", spare, 0},
	stage2Exited:      {"S6_STAGE2_EXITED", spare, 0},
	stage2Hook:        {"S6_STAGE2_HOOK", later, 0},
	waitForClosingFd:  {"S6_WAIT_FOR_CLOSING_FD", later, 0},
	worldWritableRun:  {"S6_YES_I_WANT_A_WORLD_WRITABLE_RUN_BECAUSE_KUBERNETES", spare, 0},
}

// maxNumber keeps milliseconds far from any overflow: 24 days.
const maxNumber = 1<<31 - 1

// settings are the values of the variables.
type settings struct {
	numbers [numVariables]int
	texts   [numVariables]string
}

func (s *settings) num(v variable) int     { return s.numbers[v] }
func (s *settings) is(v variable) bool     { return s.numbers[v] != 0 }
func (s *settings) text(v variable) string { return s.texts[v] }
func (s *settings) millis(v variable) time.Duration {
	return time.Duration(s.numbers[v]) * time.Millisecond
}

// readSettings returns the values that e gives. A number that is none is the
// default, after a warning; an empty value is the same as none.
func readSettings(e *env.Env, warn func(words ...string)) (s settings) {
	for v := range variables {
		def := &variables[v]
		text := e.Get(def.name)
		s.texts[v], s.numbers[v] = text, def.value
		if def.kind != number || text == "" {
			continue
		}
		if n, ok := getopt.Uint(text); ok && n <= maxNumber {
			s.numbers[v] = int(n)
		} else {
			warn(def.name, "is", strconv.Quote(text)+", not a number: using", strconv.Itoa(def.value))
		}
	}
	return s
}

// checkNames warns of S6_ variables in e that have no effect: those that init
// does not act on, and names that are nearly those of known ones.
func checkNames(e *env.Env, warn func(words ...string)) {
	for _, entry := range e.Sorted() {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, "S6_") {
			continue
		}
		nearest, distance := "", 3
		for v := range variables {
			def := &variables[v]
			if d := spell.Distance(name, def.name); d < distance {
				nearest, distance = def.name, d
			}
			if def.name == name && def.kind == later && strings.Trim(value, "0") != "" {
				warn(name, "has no effect: this init does not act on it")
			}
		}
		if nearest != "" && distance > 0 {
			warn(name, "has no effect: did you mean", nearest+"?")
		}
	}
}

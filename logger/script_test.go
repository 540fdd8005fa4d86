package logger

import (
	"strings"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	s, err := Parse(strings.Fields("n3 s5000 t T pX ./a S7 1 =f R2 r50 E9 ^0 /b/ 2"))
	if err != nil {
		t.Fatal(err)
	}
	if len(s.actions) != 5 || s.Trailing {
		t.Fatalf("%d actions, trailing %t", len(s.actions), s.Trailing)
	}
	a, out, status, b := s.actions[0], s.actions[1], s.actions[2], s.actions[3]
	if a.kind != toDirectory || a.path != "./a" || !a.tai64n || !a.local || a.prefix != "X" || a.dir.archives != 3 || a.dir.size != 5000 {
		t.Errorf("first action is %+v", a)
	}
	if out.kind != toStdout || out.tai64n || out.local || out.prefix != "X" {
		t.Errorf("stamps are for one action, a prefix stays: %+v", out)
	}
	if status.kind != toFile || status.path != "f" || status.pad != defaultPad {
		t.Errorf("status file is %+v", status)
	}
	if b.path != "/b" || b.dir.total != 7 || b.dir.every != 2*time.Second || b.dir.retry != 50*time.Millisecond || b.cut != 9 || b.pad != 0 {
		t.Errorf("settings stay: %+v", b)
	}
	for script, says := range map[string]string{
		"":          "no action",
		"n3":        "no action",
		"n 1":       "syntax error",
		"n-1 1":     "syntax error",
		"11":        "syntax error",
		"tx 1":      "syntax error",
		"= 1":       "syntax error",
		"s5000 l9k": "syntax error",
		"l60000 1":  "more than half",
		"x 1":       "unrecognized",
		"+a 1":      "selecting",
		"!cat ./d":  "processors",
	} {
		if _, err := Parse(strings.Fields(script)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("Parse(%q) says %v; want %q", script, err, says)
		}
	}
	if s, err := Parse([]string{"s1", "1"}); err != nil || s.actions[0].dir.size != minSize {
		t.Errorf("sizes are kept within limits: %v", err)
	}
	if s, err := Parse([]string{"1", "n5"}); err != nil || !s.Trailing {
		t.Errorf("trailing directives are noticed: %v", err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("n3 s5000 t T pX ./a 1 =f 2")
	f.Add("l0 S99999999999999999999 ^ E R")
	f.Fuzz(func(t *testing.T, script string) {
		s, err := Parse(strings.Split(script, " "))
		if err == nil && len(s.actions) == 0 {
			t.Errorf("Parse(%q) has no action", script)
		}
	})
}

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"toolbox/applets"
	"toolbox/chain"
)

// docs/applets.md is made from the table. `go test . -run TestDocs -update`
// writes it.
func TestDocs(t *testing.T) {
	const file = "docs/applets.md"
	var b bytes.Buffer
	b.WriteString("# Applets\n\n" +
		"Made from the table by `go test . -run TestDocs -update`. `toolbox help NAME` prints an applet's page;\n" +
		"its folder under applets/ holds the source, its script under testdata/script/ shows the use and is the test.\n")
	for _, suite := range applets.Suites() {
		fmt.Fprintf(&b, "\n## %s\n\n| name | what it does | synopsis | script |\n|---|---|---|---|\n", suite.Name)
		for i := range suite.Rows {
			a := (*chain.Applet)(&suite.Rows[i])
			folder := folder(a)
			summary, _, _ := strings.Cut(a.Help, "\n")
			script := "testdata/script/" + filepath.Base(folder) + ".txtar"
			fmt.Fprintf(&b, "| [%s](../%s) | %s | `%s` | [script](../%s) |\n",
				a.Name, folder, cell(summary), cell(a.Usage), script)
		}
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(text, b.Bytes()) {
		t.Errorf("%s does not show the table: run `go test . -run TestDocs -update` (%v)", file, err)
	}
}

// cell makes text fit for a table: a bar would end it.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }

// folder is where an applet's source is.
func folder(a *chain.Applet) string {
	run := runtime.FuncForPC(reflect.ValueOf(a.Run).Pointer()).Name()
	pkg, _, _ := strings.Cut(run, ".")
	return strings.TrimPrefix(pkg, "toolbox/")
}

// Bench measures toolbox against the original programs and an empty Go
// program: every row in interleaved rounds, as ratios of medians, because the
// machines this runs on are shared.
//
//	go run ./bench [-rounds N] [-update] [row...]
//
// -update writes the table to docs/performance.md. A row whose bound does not
// hold makes the exit code 1.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// A row is one line of the table.
type row struct {
	name  string // to choose it by
	what  string
	bound string // in words
	// run measures it and returns what was measured and whether the bound
	// holds.
	run func(b *bench) (result string, ok bool)
}

var rows = []row{startUp, chainOfTen, chainGrowth, blocks, bootOf(10, 1), bootOf(100, 2), bootOf(1000, 2), memory, size}

// bench is what the rows work with.
type bench struct {
	rounds int
	dir    string // for what they build
	tools  string // the links to toolbox
	empty  string // an empty Go program, built as toolbox is
	static string // a static C program that exits 0
}

func main() {
	rounds := flag.Int("rounds", 200, "rounds of the short measurements")
	update := flag.Bool("update", false, "write docs/performance.md")
	flag.Parse()
	b, err := prepare(*rounds)
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
	defer os.RemoveAll(b.dir)
	var table bytes.Buffer
	fmt.Fprint(&table, "| what | measured | bound | holds |\n|---|---|---|---|\n")
	code := 0
	for _, r := range rows {
		if !chosen(r.name, flag.Args()) {
			continue
		}
		result, ok := r.run(b)
		holds := "yes"
		if !ok {
			holds, code = "**no**", 1
		}
		fmt.Printf("%-10s %-60s %s (%s: %s)\n", r.name, r.what, result, r.bound, holds)
		fmt.Fprintf(&table, "| %s | %s | %s | %s |\n", r.what, result, r.bound, holds)
	}
	if *update {
		if err := os.WriteFile("docs/performance.md", []byte(head()+table.String()), 0o644); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			code = 2
		}
	}
	os.RemoveAll(b.dir)
	os.Exit(code)
}

func chosen(name string, names []string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return len(names) == 0
}

// prepare builds what is measured beside bin/toolbox.
func prepare(rounds int) (*bench, error) {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return nil, err
	}
	b := &bench{rounds: rounds, dir: dir, tools: dir + "/tools", empty: dir + "/empty", static: dir + "/true"}
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	for name, text := range map[string]string{
		"go.mod":   "module empty\n\ngo 1.26\n",
		"empty.go": "package main\n\nfunc main() {}\n",
		"true.c":   "int main(void) { return 0; }\n",
		"wait.c":   waitC,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	os.Mkdir(b.tools, 0o755)
	for _, c := range []*exec.Cmd{
		exec.Command("bin/toolbox", "--install", b.tools),
		exec.Command("gcc", "-O2", "-static", "-o", b.static, dir+"/true.c"),
		exec.Command("gcc", "-O2", "-static", "-o", dir+"/wait", dir+"/wait.c"),
		{Path: goTool(), Dir: dir, Env: append(os.Environ(), "CGO_ENABLED=0"),
			Args: []string{"go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", b.empty, "."}},
	} {
		if out, err := c.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %v\n%s", strings.Join(c.Args, " "), err, out)
		}
	}
	return b, nil
}

func goTool() string {
	path, err := exec.LookPath("go")
	if err != nil {
		return "go"
	}
	return path
}

// head names the machine.
func head() string {
	cpu, kernel := "unknown", "unknown"
	if text, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		for _, line := range strings.Split(string(text), "\n") {
			if name, ok := strings.CutPrefix(line, "model name\t: "); ok {
				cpu = name
			}
		}
	}
	if text, err := os.ReadFile("/proc/sys/kernel/osrelease"); err == nil {
		kernel = strings.TrimSpace(string(text))
	}
	n, _ := exec.Command("nproc").Output()
	return fmt.Sprintf(`# Performance

Written by `+"`make bench`"+` on %s: %s, %s cores, Linux %s. The machine is shared: look
at the ratios, which are those of medians over interleaved rounds. "Debian's" is s6 2.11.3.2 and
execline 2.9.3.0, dynamically linked.

`, time.Now().Format("2006-01-02"), cpu, strings.TrimSpace(string(n)), kernel)
}

package main

import (
	"strings"

	"toolbox/applets"
	"toolbox/chain"
)

// version is set by the linker.
var version = "dev"

// name is what this program is called as itself.
const name = "toolbox"

const usage = "toolbox applet args... | --list | --version | help [ applet ] | --install [ -f ] [ -a | --all ] dir"

const page = `call an applet by its name

  toolbox applet args...           run an applet
  toolbox --list                   print the names of the applets, one a line
  toolbox --version                print the version
  toolbox help [ applet ]          print this page, or an applet's
  toolbox --install [ -f ] [ -a | --all ] dir
                                   put this program and its links into dir`

// lookup finds an applet, this program itself under its own name, or what runs
// under names that no row has.
func lookup(typed string) (*chain.Applet, bool) {
	switch typed {
	case name:
		return &chain.Applet{Name: name, Run: run, Usage: usage, Help: page}, true
	case "":
		return &chain.Applet{Name: name, Run: stranger, Usage: usage, Help: page}, true
	}
	return applets.Lookup(typed)
}

// stranger runs when this program was executed under an unknown name. It never
// takes that for a command line to go on with, which would be itself.
func stranger(p *chain.Proc, args []string) (next []string, err error) {
	return nil, unknown(p.Invoked)
}

// run is the applet "toolbox".
func run(p *chain.Proc, args []string) (next []string, err error) {
	if len(args) == 0 {
		return nil, chain.ErrUsage
	}
	switch args[0] {
	case "--list":
		return nil, p.Print(strings.Join(applets.Names(), "\n") + "\n")
	case "--version":
		return nil, p.Print("toolbox " + version + "\n")
	case "help", "--help", "-h":
		return nil, help(p, args[1:])
	case "--install":
		return nil, installLinks(p, args[1:])
	}
	if _, ok := applets.Lookup(args[0]); !ok {
		return nil, unknown(args[0])
	}
	p.Own = true
	return args, nil
}

func help(p *chain.Proc, args []string) error {
	args = append(args, name)
	a, ok := lookup(args[0])
	if !ok || args[0] == "" {
		return unknown(args[0])
	}
	summary, text, _ := strings.Cut(a.Help, "\n")
	page := a.Name + " - " + summary + "\n\nUsage: " + a.Usage + "\n"
	if text != "" {
		page += text + "\n"
	}
	return p.Print(page)
}

// unknown names the applets that were probably meant.
func unknown(typed string) error {
	text := "unknown applet: " + typed
	if near := applets.Nearest(typed); len(near) > 0 {
		text += " (did you mean " + strings.Join(near, ", ") + "?)"
	}
	return chain.Fatal(chain.CodeNoEntry, text)
}

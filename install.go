package main

import (
	"toolbox/applets"
	"toolbox/applets/toolbox/install"
	"toolbox/chain"
)

func installLinks(p *chain.Proc, args []string) error {
	return install.Run(p, args, applets.Names())
}

package main

import "toolbox/chain"

func installLinks(p *chain.Proc, args []string) error { return chain.ErrUsage }

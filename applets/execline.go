package applets

import (
	"toolbox/applets/execline/cd"
	"toolbox/applets/execline/execlineb"
	"toolbox/applets/execline/exit"
	"toolbox/applets/execline/export"
	"toolbox/applets/execline/fdmove"
	"toolbox/applets/execline/foreground"
	ifcmd "toolbox/applets/execline/if"
	"toolbox/applets/execline/importas"
	"toolbox/applets/execline/redirfd"
	"toolbox/applets/execline/unexport"
)

var execlineRows = [...]row{
	{"cd", cd.Run, cd.Usage, cd.Help, loader},
	{"execline-cd", cd.Run, cd.Usage, cd.Help, loader},
	{"execlineb", execlineb.Run, execlineb.Usage, execlineb.Help, loader},
	{"exit", exit.Run, exit.Usage, exit.Help, loader},
	{"export", export.Run, export.Usage, export.Help, loader},
	{"fdmove", fdmove.Run, fdmove.Usage, fdmove.Help, loader},
	{"foreground", foreground.Run, foreground.Usage, foreground.Help, loader},
	{"if", ifcmd.Run, ifcmd.Usage, ifcmd.Help, loader},
	{"importas", importas.Run, importas.Usage, importas.Help, loader},
	{"redirfd", redirfd.Run, redirfd.Usage, redirfd.Help, loader},
	{"unexport", unexport.Run, unexport.Usage, unexport.Help, loader},
}

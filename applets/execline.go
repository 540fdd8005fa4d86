package applets

import (
	"toolbox/applets/execline/background"
	"toolbox/applets/execline/backtick"
	"toolbox/applets/execline/cd"
	"toolbox/applets/execline/define"
	"toolbox/applets/execline/eltest"
	"toolbox/applets/execline/emptyenv"
	"toolbox/applets/execline/exec"
	execlineumask "toolbox/applets/execline/execline-umask"
	"toolbox/applets/execline/execlineb"
	"toolbox/applets/execline/exit"
	"toolbox/applets/execline/export"
	"toolbox/applets/execline/fdclose"
	"toolbox/applets/execline/fdmove"
	"toolbox/applets/execline/foreground"
	ifcmd "toolbox/applets/execline/if"
	"toolbox/applets/execline/ifelse"
	"toolbox/applets/execline/ifte"
	"toolbox/applets/execline/importas"
	"toolbox/applets/execline/redirfd"
	"toolbox/applets/execline/unexport"
)

var execlineRows = [...]row{
	{"background", background.Run, background.Usage, background.Help, process},
	{"backtick", backtick.Run, backtick.Usage, backtick.Help, loader},
	{"cd", cd.Run, cd.Usage, cd.Help, loader},
	{"define", define.Run, define.Usage, define.Help, loader},
	{"eltest", eltest.Run, eltest.Usage, eltest.Help, loader},
	{"emptyenv", emptyenv.Run, emptyenv.Usage, emptyenv.Help, loader},
	{"exec", exec.Run, exec.Usage, exec.Help, loader},
	{"execline-cd", cd.Run, cd.Usage, cd.Help, loader},
	{"execline-umask", execlineumask.Run, execlineumask.Usage, execlineumask.Help, loader},
	{"execlineb", execlineb.Run, execlineb.Usage, execlineb.Help, loader},
	{"exit", exit.Run, exit.Usage, exit.Help, loader},
	{"export", export.Run, export.Usage, export.Help, loader},
	{"fdclose", fdclose.Run, fdclose.Usage, fdclose.Help, loader},
	{"fdmove", fdmove.Run, fdmove.Usage, fdmove.Help, loader},
	{"foreground", foreground.Run, foreground.Usage, foreground.Help, loader},
	{"if", ifcmd.Run, ifcmd.Usage, ifcmd.Help, loader},
	{"ifelse", ifelse.Run, ifelse.Usage, ifelse.Help, loader},
	{"ifte", ifte.Run, ifte.Usage, ifte.Help, loader},
	{"importas", importas.Run, importas.Usage, importas.Help, loader},
	{"redirfd", redirfd.Run, redirfd.Usage, redirfd.Help, loader},
	{"s6-test", eltest.Run, eltest.UsageS6Test, eltest.Help, loader},
	{"umask", execlineumask.Run, execlineumask.Usage, execlineumask.Help, loader},
	{"unexport", unexport.Run, unexport.Usage, unexport.Help, loader},
}

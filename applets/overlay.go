package applets

import (
	fixattrs "toolbox/applets/overlay/fix-attrs"
	initcmd "toolbox/applets/overlay/init"
	"toolbox/applets/overlay/printcontenv"
	withcontenv "toolbox/applets/overlay/with-contenv"
)

var overlayRows = [...]row{
	{"fix-attrs", fixattrs.Run, fixattrs.Usage, fixattrs.Help, loader},
	{"init", initcmd.Run, initcmd.Usage, initcmd.Help, resident},
	{"printcontenv", printcontenv.Run, printcontenv.Usage, printcontenv.Help, loader},
	{"with-contenv", withcontenv.Run, withcontenv.Usage, withcontenv.Help, loader},
}

package applets

import (
	"toolbox/applets/toolbox/run"
)

// The commands that only toolbox has. They are reached as `toolbox NAME` and
// shadow nothing.
var toolboxRows = [...]row{
	{"run", run.Run, run.Usage, run.Help, command},
}

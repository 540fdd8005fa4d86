package applets

import (
	s6applyuidgid "toolbox/applets/s6/s6-applyuidgid"
	s6envdir "toolbox/applets/s6/s6-envdir"
	s6envuidgid "toolbox/applets/s6/s6-envuidgid"
	s6setuidgid "toolbox/applets/s6/s6-setuidgid"
	s6softlimit "toolbox/applets/s6/s6-softlimit"
)

var s6Rows = [...]row{
	{"s6-applyuidgid", s6applyuidgid.Run, s6applyuidgid.Usage, s6applyuidgid.Help, process},
	{"s6-envdir", s6envdir.Run, s6envdir.Usage, s6envdir.Help, loader},
	{"s6-envuidgid", s6envuidgid.Run, s6envuidgid.Usage, s6envuidgid.Help, loader},
	{"s6-setuidgid", s6setuidgid.Run, s6setuidgid.Usage, s6setuidgid.Help, process},
	{"s6-softlimit", s6softlimit.Run, s6softlimit.Usage, s6softlimit.Help, process},
}

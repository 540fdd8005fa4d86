package applets

import (
	s6applyuidgid "toolbox/applets/s6/s6-applyuidgid"
	s6envdir "toolbox/applets/s6/s6-envdir"
	s6envuidgid "toolbox/applets/s6/s6-envuidgid"
	s6log "toolbox/applets/s6/s6-log"
	s6setuidgid "toolbox/applets/s6/s6-setuidgid"
	s6softlimit "toolbox/applets/s6/s6-softlimit"
	s6supervise "toolbox/applets/s6/s6-supervise"
	s6svc "toolbox/applets/s6/s6-svc"
	s6svok "toolbox/applets/s6/s6-svok"
	s6svscan "toolbox/applets/s6/s6-svscan"
	s6svscanctl "toolbox/applets/s6/s6-svscanctl"
	s6svstat "toolbox/applets/s6/s6-svstat"
	s6tai64n "toolbox/applets/s6/s6-tai64n"
	s6tai64nlocal "toolbox/applets/s6/s6-tai64nlocal"
)

var s6Rows = [...]row{
	{"s6-applyuidgid", s6applyuidgid.Run, s6applyuidgid.Usage, s6applyuidgid.Help, process},
	{"s6-envdir", s6envdir.Run, s6envdir.Usage, s6envdir.Help, loader},
	{"s6-envuidgid", s6envuidgid.Run, s6envuidgid.Usage, s6envuidgid.Help, loader},
	{"s6-log", s6log.Run, s6log.Usage, s6log.Help, resident},
	{"s6-setuidgid", s6setuidgid.Run, s6setuidgid.Usage, s6setuidgid.Help, process},
	{"s6-softlimit", s6softlimit.Run, s6softlimit.Usage, s6softlimit.Help, process},
	{"s6-supervise", s6supervise.Run, s6supervise.Usage, s6supervise.Help, resident},
	{"s6-svc", s6svc.Run, s6svc.Usage, s6svc.Help, loader},
	{"s6-svok", s6svok.Run, s6svok.Usage, s6svok.Help, loader},
	{"s6-svscan", s6svscan.Run, s6svscan.Usage, s6svscan.Help, resident},
	{"s6-svscanctl", s6svscanctl.Run, s6svscanctl.Usage, s6svscanctl.Help, loader},
	{"s6-svstat", s6svstat.Run, s6svstat.Usage, s6svstat.Help, loader},
	{"s6-tai64n", s6tai64n.Run, s6tai64n.Usage, s6tai64n.Help, resident},
	{"s6-tai64nlocal", s6tai64nlocal.Run, s6tai64nlocal.Usage, s6tai64nlocal.Help, resident},
}

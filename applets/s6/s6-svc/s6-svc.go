// Package s6svc implements s6-svc: control supervised services.
// Reference: https://skarnet.org/software/s6/s6-svc.html
package s6svc

import (
	"errors"

	"golang.org/x/sys/unix"

	"toolbox/chain"
	"toolbox/internal/getopt"
	"toolbox/internal/signals"
	"toolbox/internal/svcontrol"
)

// Usage is the synopsis.
const Usage = "s6-svc [ -s signal | -abqhkti12pcyrlPCK ] [ -oduDUxOQ ] servicedirs..."

// Help is the manual page.
const Help = `send commands to the supervisors of services

The commands are sent in their order, to each service.

  -u   bring up            -U   and remove the file down
  -d   bring down          -D   and make the file down
  -o   start once, do not restart
  -O   do not restart when it dies
  -Q   do not restart when it dies, and make the file down
  -x   the supervisor leaves when the service is down
  -r   send the down-signal (TERM): a restart
  -l   send the reload-signal (HUP)
  -s signal   send a signal; or by letter: -a ALRM, -b ABRT, -q QUIT, -h HUP,
              -k KILL, -t TERM, -i INT, -1 USR1, -2 USR2, -p STOP, -c CONT,
              -y WINCH; to the process group: -P STOP, -C CONT, -K KILL

Exits 0, 102 if a supervisor does not listen, 111 if a directory cannot be
used, 1 if it is damaged; the last of several counts.`

const (
	commandLetters = "abqhkti12pcyrlPCKoduDUxOQ"
	maxCommands    = 62
)

// letters has the command for each signal that users may send by name.
var letters = [...]byte{
	unix.SIGALRM: 'a', unix.SIGABRT: 'b', unix.SIGQUIT: 'q', unix.SIGHUP: 'h', unix.SIGKILL: 'k', unix.SIGTERM: 't',
	unix.SIGINT: 'i', unix.SIGUSR1: '1', unix.SIGUSR2: '2', unix.SIGSTOP: 'p', unix.SIGCONT: 'c', unix.SIGWINCH: 'y',
}

// Run sends the commands.
func Run(p *chain.Proc, args []string) (next []string, err error) {
	var commands []byte
	opts := getopt.New("s:"+commandLetters, args)
	for opts.Next() {
		switch opts.Flag {
		case 's':
			letter, err := letterOf(opts.Arg)
			if err != nil {
				return nil, err
			}
			commands = append(commands, letter)
		default:
			commands = append(commands, opts.Flag)
		}
		if len(commands) > maxCommands {
			return nil, chain.Fatal(chain.CodeUsage, "too many commands")
		}
	}
	dirs, ok := opts.Operands()
	if !ok || len(dirs) == 0 {
		return nil, chain.ErrUsage
	}
	if dirs[0] == "" {
		return nil, chain.Fatal(chain.CodeUsage, "invalid service path")
	}
	return nil, send(p, string(commands), dirs)
}

func letterOf(name string) (byte, error) {
	sig, ok := signals.Parse(name)
	if !ok {
		return 0, chain.Fatal(chain.CodeUsage, "invalid signal:", name)
	}
	if int(sig) >= len(letters) || letters[sig] == 0 {
		return 0, chain.Fatal(chain.CodeUsage, name, "is not in the list of user-available signals")
	}
	return letters[sig], nil
}

func send(p *chain.Proc, commands string, dirs []string) error {
	code := 0
	for _, dir := range dirs {
		err := svcontrol.Write(dir, svcontrol.Service, commands)
		switch {
		case err == nil:
		case errors.Is(err, svcontrol.ErrNotListening):
			p.Warn("unable to control", dir+":", err.Error())
			code = 102
		case errors.Is(err, svcontrol.ErrOdd):
			p.Warn("something is wrong with the", dir+"/"+svcontrol.Service, "directory")
			code = 1
		default:
			p.Warn("unable to control", dir+":", err.Error())
			code = chain.CodeSystem
		}
	}
	if code != 0 {
		return chain.Exit(code)
	}
	return nil
}

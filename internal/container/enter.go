package container

import (
	"strings"

	"golang.org/x/sys/unix"

	"toolbox/internal/sys"
)

// Enter turns this process, started by [Start], into process 1 of the
// container. gate is the descriptor Start handed over. It returns only when
// that failed. argv is the command line of this process up to gate, for the
// case that it must be executed once more.
func (c *Config) Enter(gate int, argv []string) error {
	if gate >= 0 {
		unix.CloseOnExec(gate)
		switch waitAtGate(gate) {
		case gateGo:
		case gateExec:
			// The capabilities in a user namespace are those of user 0 at the
			// time of an execve, and when this program was executed its user
			// had no number yet.
			prog := new(sys.Program)
			prog.Execve([]string{"/proc/self/exe"}, append(argv, "-1"), nil)
			return unable(prog.Exec().Errno, "exec", "/proc/self/exe")
		default:
			sys.Exit(1) // whoever started us is gone
		}
	}
	if err := c.mountAll(); err != nil {
		return err
	}
	if c.Network {
		if err := loopbackUp(); err != nil {
			return err
		}
	}
	if err := c.dirAndMask(); err != nil {
		return err
	}
	return c.exec()
}

func waitAtGate(gate int) byte {
	var b [1]byte
	for {
		n, err := unix.Read(gate, b[:])
		if err == unix.EINTR {
			continue
		}
		if n == 1 {
			return b[0]
		}
		return 0
	}
}

func (c *Config) dirAndMask() error {
	unix.Umask(0o022)
	dir := c.Dir
	if dir == "" {
		dir = "/"
	}
	if err := unix.Chdir(dir); err != nil {
		return unable(err, "chdir to", dir)
	}
	return nil
}

// exec becomes the entrypoint.
func (c *Config) exec() error {
	if err := become(c.User); err != nil {
		return err
	}
	prog := new(sys.Program)
	// The container ends with us. Changing credentials clears this.
	prog.Call(sys.StageNamespace, unix.SYS_PRCTL, unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0)
	// No descriptor of the outside but the standard ones.
	prog.Try(sys.StageDescriptors, unix.SYS_CLOSE_RANGE, 3, ^uintptr(0)>>32, 0)
	env := c.environ()
	prog.Execve(c.candidates(env), append([]string{c.Entry}, c.Args...), env)
	f := prog.Exec()
	if f.Stage != sys.StageExec {
		return unable(f.Errno, f.Stage.String())
	}
	return &Error{What: "exec " + c.Entry, Err: f.Errno, Cure: c.whyNoExec(f.Errno)}
}

// candidates are the files that the name of the entrypoint may mean.
func (c *Config) candidates(env []string) (paths []string) {
	if strings.Contains(c.Entry, "/") {
		return []string{c.Entry}
	}
	for _, entry := range env {
		if path, ok := strings.CutPrefix(entry, "PATH="); ok {
			for dir := range strings.SplitSeq(path, ":") {
				if dir != "" {
					paths = append(paths, dir+"/"+c.Entry)
				}
			}
		}
	}
	if paths == nil {
		return []string{c.Entry}
	}
	return paths
}

// whyNoExec explains an ENOENT that is not about the file itself.
func (c *Config) whyNoExec(err error) string {
	if err == unix.ENOENT && strings.Contains(c.Entry, "/") && unix.Access(c.Entry, unix.F_OK) == nil {
		return "it is there, but the interpreter it names is not"
	}
	return ""
}

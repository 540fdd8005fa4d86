package sys

import (
	"unsafe"

	"golang.org/x/sys/unix"
)

// atExecfn is AT_EXECFN of getauxval(3).
const atExecfn = 31

// Execfn returns the path this program was executed by, or "".
func Execfn() string {
	aux, err := unix.Auxv()
	if err != nil {
		return ""
	}
	for _, entry := range aux {
		if entry[0] == atExecfn {
			return unix.BytePtrToString(*(**byte)(unsafe.Pointer(&entry[1])))
		}
	}
	return ""
}

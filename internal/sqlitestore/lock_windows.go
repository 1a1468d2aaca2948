package sqlitestore

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// lock takes a file for this process, or says that another has it. It is free again when the process ends, however it does.
func lock(f *os.File) (taken bool, err error) {
	// A byte far behind the text, which others may then still read.
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
		&windows.Overlapped{OffsetHigh: 1})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return false, nil
	}
	return err == nil, err
}

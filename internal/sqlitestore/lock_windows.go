package sqlitestore

import (
	"errors"
	"os"
	"syscall"
	"unsafe"
)

var lockFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")

// lock takes a file for this process, or says that another has it. It is free again when the process ends, however it does.
func lock(f *os.File) (taken bool, err error) {
	const (
		atOnceAndAlone = 0x1 | 0x2
		isLocked       = syscall.Errno(33)
	)
	// A byte far behind the text, which others may then still read.
	at := &syscall.Overlapped{OffsetHigh: 1}
	done, _, err := lockFileEx.Call(f.Fd(), atOnceAndAlone, 0, 1, 0, uintptr(unsafe.Pointer(at)))
	switch {
	case done != 0:
		return true, nil
	case errors.Is(err, isLocked):
		return false, nil
	}
	return false, err
}

// unlock lets others in. Its file goes last, as no file goes that somebody has open; that spares another's, too.
func unlock(f *os.File) error {
	err := f.Close()
	_ = os.Remove(f.Name())
	return err
}
